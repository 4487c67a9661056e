(** The model as OCaml, for oracle.ml. Integers become machine integers of 63 bits: the oracle refuses what could overflow. *)

From Coq Require Import Extraction ExtrOcamlBasic ExtrOcamlZInt ExtrOcamlNatInt.
From Slacalc Require Import Spans Staircase Pauses Dates Ticket.

(* Names of their own: OCaml's model has an addition of numbers too. *)
Definition add_amount := add.
Definition subtract_amount := subtract.
Definition elapsed_time := elapsed.
Definition rolled_forward := roll_forward.
Definition rolled_back := roll_back.
Definition begun := begin.

Extraction Language OCaml.
Extraction "build/model.ml"
  add_amount subtract_amount elapsed_time rolled_forward rolled_back due_with business_days
  begun as_of due breached_at done_at runs_since.
