(** Pauses as intervals (rule 8): a clock with pauses is the staircase of what is open and not paused.

    The pauses of a clock are pairs in any order; they may touch, overlap and contain each other. *)

From Coq Require Import ZArith List Bool Lia.
From Slacalc Require Import Spans Staircase.
Import ListNotations.
Open Scope Z_scope.

(** What the clock counts: open time outside the pauses. *)
Definition unpaused (l pauses : list span) : list span := difference l (union pauses).

(** When a counting target is due that was received at [t]. *)
Definition due_with (l pauses : list span) (t d : Z) : option Z := add (unpaused l pauses) t d.

Lemma unpaused_is_canonical : forall l pauses, canonical (unpaused l pauses).
Proof. intros. apply difference_is_canonical. Qed.

Lemma unpaused_covers : forall l pauses t, covers (unpaused l pauses) t <-> covers l t /\ ~ covers pauses t.
Proof.
  intros l pauses t. unfold unpaused. rewrite difference_covers by apply union_is_canonical. rewrite union_covers. tauto.
Qed.

(** Splitting a pause, telling one twice, or another order: nothing changes, as long as the same time is paused. *)
Theorem splitting_or_overlapping_pauses_change_nothing : forall l pauses pauses' t d,
  (forall i, covers pauses i <-> covers pauses' i) -> due_with l pauses t d = due_with l pauses' t d.
Proof.
  intros l pauses pauses' t d E. unfold due_with. f_equal.
  apply canonical_is_unique; [apply unpaused_is_canonical | apply unpaused_is_canonical |].
  intros i. rewrite !unpaused_covers, E. tauto.
Qed.

(** No pauses, or pauses that hold no time: the calendar's own due time. *)
Theorem empty_pauses_change_nothing : forall l pauses t d,
  canonical l -> (forall i, ~ covers pauses i) -> due_with l pauses t d = add l t d.
Proof.
  intros l pauses t d K E. unfold due_with. f_equal. apply canonical_is_unique; [apply unpaused_is_canonical | exact K |].
  intros i. rewrite unpaused_covers. specialize (E i). tauto.
Qed.

(** A pause takes out exactly what its clock would have counted in it; so pauses are no elapsed time, before due or after. *)
Theorem a_pause_takes_out_what_its_clock_would_have_counted : forall l pauses a b, canonical l -> a <= b ->
  elapsed (unpaused l pauses) a b = elapsed l a b - elapsed (intersection l (union pauses)) a b.
Proof.
  intros l pauses a b K L. pose proof (unpaused_is_canonical l pauses) as U.
  pose proof (intersection_is_canonical l (union pauses)) as I. revert b L.
  apply from_instant; [unfold elapsed; lia |]. intros t L IH. unfold elapsed in *.
  pose proof (unpaused_covers l pauses t) as CU.
  pose proof (intersection_covers l (union pauses) t) as CI. rewrite union_covers in CI.
  destruct (covers_dec l t) as [C | C]; destruct (covers_dec pauses t) as [P | P].
  - rewrite (worked_step_open l t K C), (worked_step_closed _ t U), (worked_step_open _ t I) by tauto. lia.
  - rewrite (worked_step_open l t K C), (worked_step_open _ t U), (worked_step_closed _ t I) by tauto. lia.
  - rewrite (worked_step_closed l t K C), (worked_step_closed _ t U), (worked_step_closed _ t I) by tauto. lia.
  - rewrite (worked_step_closed l t K C), (worked_step_closed _ t U), (worked_step_closed _ t I) by tauto. lia.
Qed.

(** A due time depends on what is open between receipt and due, and on nothing after it. *)
Lemma due_is_decided_by_then : forall l m t d u, canonical l -> canonical m -> 0 < d ->
  (forall i, t <= i < u -> covers l i <-> covers m i) -> add l t d = Some u -> add m t d = Some u.
Proof.
  intros l m t d u K K' D C A.
  pose proof (add_elapses l t d u K D A) as E. pose proof (add_is_later l t d u K D A) as L.
  assert (E' : elapsed m t u = d) by (rewrite <- (elapsed_counts_open_instants l m t u K K' C) by lia; exact E).
  assert (exists v, add m t d = Some v) as (v & A').
  { rewrite add_positive by exact D. apply first_defined. pose proof (worked_nonneg m t).
    destruct K' as (low & K'). pose proof (worked_bounds m low u K'). unfold elapsed in E'. lia. }
  rewrite A'. f_equal.
  pose proof (add_is_earliest m t d v u K' D A' E').
  pose proof (add_is_later m t d v K' D A').
  assert (elapsed l t v = d).
  { rewrite (elapsed_counts_open_instants l m t v K K') by (try exact K; try exact K'; try lia; intros; apply C; lia).
    apply (add_elapses m t d v K' D A'). }
  pose proof (add_is_earliest l t d u v K D A ltac:(assumption)). lia.
Qed.

(** A pause that starts at due or after it moves no due time. *)
Theorem a_pause_at_or_after_due_moves_nothing : forall l pauses more t d u, canonical l -> 0 < d ->
  due_with l pauses t d = Some u -> (forall i, covers more i -> u <= i) -> due_with l (pauses ++ more) t d = Some u.
Proof.
  intros l pauses more t d u K D A M. unfold due_with in *.
  apply (due_is_decided_by_then (unpaused l pauses)); [apply unpaused_is_canonical | apply unpaused_is_canonical | exact D | | exact A].
  intros i L. rewrite !unpaused_covers, covers_app. specialize (M i).
  destruct (covers_dec more i) as [C | C]; [specialize (M C); lia | tauto].
Qed.

(** A pause before receipt moves nothing. *)
Theorem a_pause_before_receipt_moves_nothing : forall l pauses more t d u, canonical l -> 0 < d ->
  due_with l pauses t d = Some u -> (forall i, covers more i -> i < t) -> due_with l (pauses ++ more) t d = Some u.
Proof.
  intros l pauses more t d u K D A M. unfold due_with in *.
  apply (due_is_decided_by_then (unpaused l pauses)); [apply unpaused_is_canonical | apply unpaused_is_canonical | exact D | | exact A].
  intros i L. rewrite !unpaused_covers, covers_app. specialize (M i).
  destruct (covers_dec more i) as [C | C]; [specialize (M C); lia | tauto].
Qed.

(** A pause that begins before due moves a counting target by what its clock would have counted in the pause. *)
Theorem a_pause_before_due_moves_by_what_it_takes_out : forall l t d u p q v, canonical l -> 0 < d ->
  add l t d = Some u -> t <= p <= q -> p < u ->
  add l t (d + elapsed l p q) = Some v -> due_with l [(p, q)] t d = Some v.
Proof.
  intros l t d u p q v K D A (TP & PQ) PU V.
  pose proof (elapsed_within_wall l p q K PQ) as W.
  pose proof (add_elapses l t (d + elapsed l p q) v K ltac:(lia) V) as E.
  assert (Short : elapsed l t p < d).
  { pose proof (add_elapses l t d u K D A) as Eu. pose proof (worked_monotone l p u ltac:(lia)).
    destruct (Z.eq_dec (elapsed l t p) d) as [Q |]; [| unfold elapsed in *; lia].
    pose proof (add_is_earliest l t d u p K D A Q). lia. }
  assert (QV : q < v).
  { destruct (Z.lt_ge_cases q v); [assumption | exfalso].
    pose proof (worked_monotone l v q ltac:(lia)). unfold elapsed in *. lia. }
  pose proof (unpaused_is_canonical l [(p, q)]) as U.
  assert (P : forall i, covers [(p, q)] i <-> p <= i < q).
  { intros i. rewrite covers_cons. unfold in_span; simpl. pose proof (covers_nil i). tauto. }
  assert (B : forall b, t <= b <= p -> elapsed (unpaused l [(p, q)]) t b = elapsed l t b).
  { intros b L. apply elapsed_counts_open_instants; [exact U | exact K | | lia].
    intros i I. rewrite unpaused_covers, P. intuition lia. }
  assert (M : forall b, p <= b <= q -> elapsed (unpaused l [(p, q)]) p b = 0).
  { intros b (L & L'). revert b L L'. apply (from_instant (fun b => b <= q -> elapsed (unpaused l [(p, q)]) p b = 0)).
    - unfold elapsed. lia.
    - intros b L IH L'. unfold elapsed in *. rewrite (worked_step_closed _ b U); [apply IH; lia |].
      rewrite unpaused_covers, P. intuition lia. }
  assert (F : forall b, q <= b -> elapsed (unpaused l [(p, q)]) q b = elapsed l q b).
  { intros b L. apply elapsed_counts_open_instants; [exact U | exact K | | lia].
    intros i I. rewrite unpaused_covers, P. intuition lia. }
  assert (Ev : elapsed (unpaused l [(p, q)]) t v = d).
  { specialize (B p ltac:(lia)). specialize (M q ltac:(lia)). specialize (F v ltac:(lia)). unfold elapsed in *. lia. }
  unfold due_with. assert (exists x, add (unpaused l [(p, q)]) t d = Some x) as (x & X).
  { rewrite add_positive by exact D. apply first_defined. pose proof (worked_nonneg (unpaused l [(p, q)]) t).
    destruct U as (low & U). pose proof (worked_bounds _ low v U). unfold elapsed in Ev. lia. }
  rewrite X. f_equal.
  pose proof (add_is_earliest _ t d x v U D X Ev) as XV.
  pose proof (add_elapses _ t d x U D X) as Ex. pose proof (add_is_later _ t d x U D X) as TX.
  assert (QX : q < x).
  { destruct (Z.lt_ge_cases q x); [assumption | exfalso].
    destruct (Z.le_gt_cases x p).
    - rewrite (B x) in Ex by lia. pose proof (worked_monotone l x p ltac:(lia)). unfold elapsed in *. lia.
    - specialize (M x ltac:(lia)). specialize (B p ltac:(lia)). unfold elapsed in *. lia. }
  assert (Lx : elapsed l t x = d + elapsed l p q).
  { specialize (B p ltac:(lia)). specialize (M q ltac:(lia)). specialize (F x ltac:(lia)). unfold elapsed in *. lia. }
  pose proof (add_is_earliest l t (d + elapsed l p q) v x K ltac:(lia) V Lx). lia.
Qed.
