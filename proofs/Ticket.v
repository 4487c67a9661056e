(** One cycle of a clock with a counting target: pauses, changes of target, breach and stop (rules 6, 8 and 9 as amended).

    The fold that src/slacalc/clocks/ is: what happens, one after another; and what is told as of an instant. The times of what
    happens do not fall. The policy's [after_breach] is "stays". A calendar is its open spans; a change of target may bring another. *)

From Coq Require Import ZArith List Bool Lia.
From Slacalc Require Import Spans Staircase Pauses.
Import ListNotations.
Open Scope Z_scope.

Record cycle := Cycle {
  clock : list span;
  amount : Z;
  counted : Z;                (* what the clock measured until it began to run last *)
  runs_since : option Z;      (* None: paused *)
  breached_at : option Z;     (* the first due time that passed *)
  done_at : option Z
}.

Inductive happening : Type :=
  | Pause
  | Resume
  | Change (to : list span) (promised : Z)
  | Stop.

Definition begin (l : list span) (d t : Z) : cycle := Cycle l d 0 (Some t) None None.

Definition left (c : cycle) : Z := Z.max 0 (amount c - counted c).

(** While it is paused before its due there is none. *)
Definition due (c : cycle) : option Z :=
  match breached_at c, runs_since c with
  | Some d, _ => Some d
  | None, Some s => add (clock c) s (left c)
  | None, None => None
  end.

Definition breach (c : cycle) (d : Z) : cycle := Cycle (clock c) (amount c) (counted c) (runs_since c) (Some d) (done_at c).

(** What is seen as of [t]: overdue is strictly after due, and then it is breached (rule 6). *)
Definition settle (t : Z) (c : cycle) : cycle :=
  match done_at c, breached_at c, due c with
  | None, None, Some d => if d <? t then breach c d else c
  | _, _, _ => c
  end.

Definition measured (c : cycle) (t : Z) : Z :=
  match runs_since c with
  | Some s => counted c + elapsed (clock c) s t
  | None => counted c
  end.

Definition is_reached (c : cycle) (t : Z) : bool := match due c with Some d => d <=? t | None => false end.

Definition pause (c : cycle) (t : Z) : cycle :=
  if is_reached c t then c else Cycle (clock c) (amount c) (measured c t) None None (done_at c).

Definition resume (c : cycle) (t : Z) : cycle :=
  match runs_since c with
  | Some _ => c
  | None => Cycle (clock c) (amount c) (counted c) (Some t) None (done_at c)
  end.

(** Rule 9: what was counted stays counted, the new target is counted on the new calendar from now. *)
Definition retarget (c : cycle) (t : Z) (l : list span) (d : Z) : cycle :=
  Cycle l d (measured c t) (option_map (fun _ => t) (runs_since c)) None (done_at c).

Definition span_eq_dec (s s' : span) : {s = s'} + {s <> s'}.
Proof. destruct s as (a, b), s' as (a', b'). destruct (Z.eq_dec a a'); destruct (Z.eq_dec b b'); [left; congruence | right; congruence ..]. Defined.

Definition is_equal (c : cycle) (l : list span) (d : Z) : bool :=
  (amount c =? d) && (if list_eq_dec span_eq_dec (clock c) l then true else false).

(** What happens at [t], to what is seen as of [t]. *)
Definition happen (c : cycle) (t : Z) (e : happening) : cycle :=
  match done_at c, breached_at c, e with
  | Some _, _, _ => c
  | None, _, Stop => Cycle (clock c) (amount c) (counted c) (runs_since c) (breached_at c) (Some t)
  | None, Some _, _ => c
  | None, None, Pause => pause c t
  | None, None, Resume => resume c t
  | None, None, Change l d => if is_equal c l d then c else retarget c t l d
  end.

Definition apply (c : cycle) (te : Z * happening) : cycle := happen (settle (fst te) c) (fst te) (snd te).

Definition replay (c : cycle) (log : list (Z * happening)) : cycle := fold_left apply log c.

Definition as_of (c : cycle) (log : list (Z * happening)) (t : Z) : cycle := settle t (replay c log).

(** ** A breach is never unseen *)

Lemma happen_keeps_breach : forall c t e d, breached_at c = Some d -> breached_at (happen c t e) = Some d.
Proof. intros c t e d B. unfold happen. destruct (done_at c); [exact B |]. rewrite B. destruct e; simpl; auto. Qed.

Lemma settle_keeps_breach : forall c t d, breached_at c = Some d -> breached_at (settle t c) = Some d.
Proof. intros c t d B. unfold settle. rewrite B. destruct (done_at c); exact B. Qed.

(** Whatever happens later: changes of target, pauses, an answer. *)
Theorem a_breach_is_never_unseen : forall log c d, breached_at c = Some d -> breached_at (replay c log) = Some d.
Proof.
  induction log as [| te log IH]; simpl; intros c d B; [exact B |].
  apply IH. unfold apply. apply happen_keeps_breach, settle_keeps_breach, B.
Qed.

(** ... and its due time stays what it was. *)
Theorem after_a_breach_due_stays : forall log c d, breached_at c = Some d -> due (replay c log) = Some d.
Proof. intros log c d B. unfold due. rewrite (a_breach_is_never_unseen log c d B). reflexivity. Qed.

(** A breach is seen as of every instant strictly after due, and not at due. *)
Theorem breached_is_strictly_after_due : forall c t d, done_at c = None -> breached_at c = None -> due c = Some d ->
  (breached_at (settle t c) = Some d <-> d < t) /\ (breached_at (settle t c) = None <-> t <= d).
Proof.
  intros c t d D B U. unfold settle. rewrite D, B, U. destruct (Z.ltb_spec d t); simpl; rewrite ?B; split; split; intros; congruence || lia.
Qed.

(** On time means done at or before due (rule 6). *)
Theorem on_time_is_at_or_before_due : forall c t d, done_at c = None -> breached_at c = None -> due c = Some d ->
  (breached_at (apply c (t, Stop)) = None <-> t <= d).
Proof.
  intros c t d D B U. unfold apply, happen. simpl.
  assert (H : done_at (settle t c) = None) by (unfold settle; rewrite D, B, U; destruct (d <? t); exact D).
  rewrite H. destruct (breached_is_strictly_after_due c t d D B U) as (_ & M).
  destruct (breached_at (settle t c)); simpl; exact M.
Qed.

(** While it is paused there is no due time; a stop then is met. *)
Theorem a_stop_while_paused_is_met : forall c t, done_at c = None -> breached_at c = None -> runs_since c = None ->
  due c = None /\ breached_at (apply c (t, Stop)) = None.
Proof.
  intros c t D B R. assert (U : due c = None) by (unfold due; rewrite B, R; reflexivity).
  split; [exact U |]. unfold apply, happen, settle; simpl. rewrite D, B, U, D, B. reflexivity.
Qed.

(** ** Prefix, then rest, is the whole *)

Theorem prefix_then_rest_is_the_whole : forall c log more, replay c (log ++ more) = replay (replay c log) more.
Proof. intros. apply fold_left_app. Qed.

Lemma settle_twice : forall c t t', t <= t' -> settle t' (settle t c) = settle t' c.
Proof.
  intros c t t' L. assert (H : settle t c = c \/ exists d, settle t c = breach c d /\ settle t' c = breach c d).
  { unfold settle. destruct (done_at c); [left; reflexivity |]. destruct (breached_at c); [left; reflexivity |].
    destruct (due c) as [d |]; [| left; reflexivity]. destruct (Z.ltb_spec d t); [right; exists d | left; reflexivity].
    destruct (Z.ltb_spec d t'); [auto | lia]. }
  destruct H as [-> | (d & -> & ->)]; [reflexivity |]. unfold settle, breach; simpl. destruct (done_at c); reflexivity.
Qed.

(** Asking in between, and going on from what was told, changes nothing: what happens later, or what is told later. *)
Theorem asking_changes_nothing : forall log c t t', (forall te, In te log -> t <= fst te) -> t <= t' ->
  as_of (settle t c) log t' = as_of c log t'.
Proof.
  intros [| te log] c t t' O L; unfold as_of, replay; simpl.
  - apply settle_twice, L.
  - unfold apply at 2 4. rewrite settle_twice; [reflexivity |]. apply O. left. reflexivity.
Qed.

(** ** Pauses *)

(** A pause that starts at or after due moves nothing. *)
Theorem a_pause_at_or_after_due_changes_nothing : forall c t d, due c = Some d -> d <= t -> apply c (t, Pause) = settle t c.
Proof.
  intros c t d U L. unfold apply, happen. simpl.
  assert (V : due (settle t c) = Some d).
  { unfold settle. destruct (done_at c); [exact U |]. destruct (breached_at c); [exact U |]. rewrite U.
    destruct (d <? t); [reflexivity | exact U]. }
  destruct (done_at (settle t c)); [reflexivity |]. destruct (breached_at (settle t c)); [reflexivity |].
  unfold pause, is_reached. rewrite V. destruct (Z.leb_spec d t); [reflexivity | lia].
Qed.

(** The fold agrees with pauses as intervals: a pause before due leaves a clock due when the unpaused staircase says so. *)
Theorem the_fold_takes_pauses_out : forall c s d p q v, canonical (clock c) -> done_at c = None -> breached_at c = None ->
  runs_since c = Some s -> 0 < left c -> due c = Some d -> s <= p <= q -> p < d ->
  add (clock c) s (left c + elapsed (clock c) p q) = Some v ->
  due (apply (apply c (p, Pause)) (q, Resume)) = due_with (clock c) [(p, q)] s (left c).
Proof.
  intros c s d p q v K D B R A U (SP & PQ) PD V.
  assert (W : add (clock c) s (left c) = Some d) by (unfold due in U; rewrite B, R in U; exact U).
  rewrite (a_pause_before_due_moves_by_what_it_takes_out (clock c) s (left c) d p q v K A W (conj SP PQ) PD V).
  assert (Short : elapsed (clock c) s p < left c).
  { pose proof (add_elapses _ s (left c) d K A W). pose proof (worked_monotone (clock c) p d ltac:(lia)).
    destruct (Z.eq_dec (elapsed (clock c) s p) (left c)) as [Q |]; [| unfold elapsed in *; lia].
    pose proof (add_is_earliest _ s (left c) d p K A W Q). lia. }
  assert (P : apply c (p, Pause) = Cycle (clock c) (amount c) (counted c + elapsed (clock c) s p) None None None).
  { unfold apply, happen, settle. simpl. rewrite D, B, U. destruct (Z.ltb_spec d p); [lia |]. rewrite D, B.
    unfold pause, is_reached, measured. rewrite U, R, D. destruct (Z.leb_spec d p); [lia | reflexivity]. }
  rewrite P. unfold apply, happen, settle, resume, due, left in *; simpl.
  pose proof (worked_nonneg (clock c) s). pose proof (worked_nonneg (clock c) q).
  pose proof (worked_monotone (clock c) p q PQ).
  rewrite add_positive in V by (unfold elapsed in *; lia). rewrite add_positive by lia.
  rewrite <- V. f_equal. unfold elapsed in *. lia.
Qed.

(** ** Changes of target *)

(** Equal rules change nothing. *)
Theorem equal_rules_change_nothing : forall c t, apply c (t, Change (clock (settle t c)) (amount (settle t c))) = settle t c.
Proof.
  intros c t. unfold apply, happen. simpl. destruct (done_at (settle t c)); [reflexivity |].
  destruct (breached_at (settle t c)); [reflexivity |]. unfold is_equal. rewrite Z.eqb_refl.
  destruct (list_eq_dec span_eq_dec (clock (settle t c)) (clock (settle t c))); [reflexivity | congruence].
Qed.

(** ... and not because they are a special case: before due, counting on from now is counting from the start. *)
Theorem counting_on_is_counting_from_the_start : forall c s t d, canonical (clock c) -> breached_at c = None ->
  runs_since c = Some s -> 0 < left c -> due c = Some d -> s <= t -> t < d ->
  due (retarget c t (clock c) (amount c)) = Some d.
Proof.
  intros c s t d K B R A U ST TD. unfold due in U. rewrite B, R in U.
  assert (Short : elapsed (clock c) s t < left c).
  { pose proof (add_elapses _ s (left c) d K A U). pose proof (worked_monotone (clock c) t d ltac:(lia)).
    destruct (Z.eq_dec (elapsed (clock c) s t) (left c)) as [Q |]; [| unfold elapsed in *; lia].
    pose proof (add_is_earliest _ s (left c) d t K A U Q). lia. }
  unfold retarget, due, left, measured in *; simpl. rewrite R; simpl.
  rewrite add_positive in U by exact A. rewrite add_positive by lia. rewrite <- U. f_equal. unfold elapsed in *. lia.
Qed.

(** A target is never due before it was made. *)
Theorem never_due_before_it_was_made : forall c t l d u, canonical l -> due (retarget c t l d) = Some u -> t <= u.
Proof.
  intros c t l d u K U. unfold retarget, due, left in U; simpl in U. destruct (runs_since c); simpl in U; [| discriminate].
  destruct (Z.eq_dec (Z.max 0 (d - measured c t)) 0) as [Z0 | N].
  - rewrite Z0, add_zero in U. destruct (roll_forward_is_first_open l t u K U). assumption.
  - pose proof (add_is_later l t (Z.max 0 (d - measured c t)) u K ltac:(lia) U). assumption || lia.
Qed.

(** A target with nothing left at a change while paused waits for the resumption. *)
Theorem nothing_left_waits_for_the_resumption : forall c t l d, runs_since c = None -> due (retarget c t l d) = None.
Proof. intros c t l d R. unfold retarget, due; simpl. rewrite R. reflexivity. Qed.
