(* The proved model as a program: a line of JSON with calendars and questions in, a line of JSON with answers out.

   A question is a list that begins with its name, as proofs/README.md says; an answer is a number, null where it lies outside
   the spans that were given, or for a ticket its status, due time and first breach. What the model does not cover is refused by
   name: {"refused": "..."} instead of an answer, never a guess. *)

exception Refused of string

let refuse why = raise (Refused why)
let bound = 1 lsl 55 (* microseconds: beyond any year that slacalc supports, and sums of a few still fit *)

let number = function
  | `Int n when abs n < bound -> n
  | `Int _ | `Intlit _ -> refuse "a number beyond 2^55"
  | _ -> refuse "an instant or amount that is no integer"

let amount json = match number json with n when n < 0 -> refuse "a negative amount" | n -> n
let list_of read = function `List l -> List.map read l | _ -> refuse "a value that is no list"
let span = function `List [ a; b ] -> (number a, number b) | _ -> refuse "a span that is no pair"

let rec check_canonical = function
  | (a, b) :: _ when a >= b -> refuse "a span that is empty"
  | (_, b) :: ((c, _) :: _ as rest) -> if b >= c then refuse "spans that touch, overlap or are out of order" else check_canonical rest
  | _ -> ()

let calendar json = let spans = list_of span json in check_canonical spans; spans

let working_date = function
  | `List [ day; opening; close; point; cutoff ] ->
      let close = number close in
      let cutoff = match cutoff with `Null -> close | json -> number json in
      ({ Model.date = number day; opening = number opening; close }, (number point, cutoff))
  | _ -> refuse "a working date that is not [date, opening, close, point, cutoff]"

let rec check_ordered = function
  | (d, _) :: _ when d.Model.opening >= d.Model.close -> refuse "a working date without open time"
  | (d, _) :: ((e, _) :: _ as rest) ->
      if e.Model.opening < d.Model.close then refuse "a working date that begins before the last one closed" else check_ordered rest
  | _ -> ()

let plan json = let dates = list_of working_date json in check_ordered dates; dates

let happening calendars = function
  | `List [ t; `String "pause" ] -> (number t, Model.Pause)
  | `List [ t; `String "resume" ] -> (number t, Model.Resume)
  | `List [ t; `String "stop" ] -> (number t, Model.Stop)
  | `List [ t; `String "change"; `Int c; d ] -> (number t, Model.Change (calendars c, amount d))
  | _ -> refuse "something else than pause, resume, change and stop"

let rec check_times start = function
  | (t, _) :: rest -> if t <= start then refuse "two things at one instant, or out of order" else check_times t rest
  | [] -> ()

let answer = function Some n -> `Int n | None -> `Null

let status c =
  match (Model.done_at c, Model.breached_at c, Model.runs_since c) with
  | Some _, None, _ -> "met"
  | Some _, Some _, _ -> "breached"
  | None, Some _, _ -> "overdue"
  | None, None, None -> "paused"
  | None, None, Some _ -> "running"

let business_days spans dates received n =
  let read what d = what (snd (List.find (fun (e, _) -> e = d) dates)) in
  match Model.rolled_forward spans received with
  | None -> None
  | Some start -> Model.business_days (List.map fst dates) (read fst) (read snd) start n

let ticket calendars c t d log until =
  let log = list_of (happening calendars) log in
  check_times t log;
  if List.exists (fun (at, _) -> at > until) log then refuse "something after the instant that is asked about";
  if d = 0 then refuse "a promise of nothing";
  let cycle = Model.as_of (Model.begun (calendars c) d t) log until in
  `List [ `String (status cycle); answer (Model.due cycle); answer (Model.breached_at cycle) ]

let ask calendars plans = function
  | `List [ `String "add"; `Int c; t; d ] -> answer (Model.add_amount (calendars c) (number t) (amount d))
  | `List [ `String "subtract"; `Int c; t; d ] -> answer (Model.subtract_amount (calendars c) (number t) (amount d))
  | `List [ `String "elapsed"; `Int c; a; b ] -> `Int (Model.elapsed_time (calendars c) (number a) (number b))
  | `List [ `String "roll_forward"; `Int c; t ] -> answer (Model.rolled_forward (calendars c) (number t))
  | `List [ `String "roll_back"; `Int c; t ] -> answer (Model.rolled_back (calendars c) (number t))
  | `List [ `String "due_with"; `Int c; pauses; t; d ] ->
      answer (Model.due_with (calendars c) (list_of span pauses) (number t) (amount d))
  | `List [ `String "business_days"; `Int c; `Int p; t; n ] -> answer (business_days (calendars c) (plans p) (number t) (amount n))
  | `List [ `String "ticket"; `Int c; t; d; log; until ] -> ticket calendars c (number t) (amount d) log (number until)
  | `List (`String name :: _) -> refuse ("no such question, or not with these values: " ^ name)
  | _ -> refuse "a question that is no list with a name"

let nth what values n = match List.nth_opt values n with Some v -> v | None -> refuse ("no such " ^ what)
let or_refused f x = try f x with Refused why -> `Assoc [ ("refused", `String why) ]

let line text =
  let json = try Yojson.Safe.from_string text with Yojson.Json_error _ -> refuse "a line that is no JSON" in
  let field name = match json with `Assoc fields -> (try List.assoc name fields with Not_found -> `List []) | _ -> refuse "a line that is no object" in
  let calendars = nth "calendar" (list_of calendar (field "calendars")) in
  let plans = nth "plan" (list_of plan (field "plans")) in
  `List (list_of (or_refused (ask calendars plans)) (field "questions"))

let () =
  try
    while true do
      print_endline (Yojson.Safe.to_string (or_refused line (input_line stdin)))
    done
  with End_of_file -> ()
