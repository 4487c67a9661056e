(** The staircase of open time (src/slacalc/business_time/timeline.py): [worked], its two inverses, and all that follows.

    Every law of calendars is proved here of any canonical list of spans. [None] stands for an answer that lies outside what the
    spans know (HorizonError, ClosedForGoodError): the spans of a calendar are those of a part of time, as its staircase is. *)

From Coq Require Import ZArith List Bool Lia.
From Slacalc Require Import Spans.
Import ListNotations.
Open Scope Z_scope.

(** The open time before instant [t]. *)
Fixpoint worked (l : list span) (t : Z) : Z :=
  match l with
  | [] => 0
  | (a, b) :: r => Z.max 0 (Z.min t b - a) + worked r t
  end.

(** The first instant with exactly [w] worked, for 0 < w. *)
Fixpoint first (l : list span) (w : Z) : option Z :=
  match l with
  | [] => None
  | (a, b) :: r => if w <=? b - a then Some (a + w) else first r (w - (b - a))
  end.

(** The last instant with exactly [w] worked, for 0 <= w. *)
Fixpoint last (l : list span) (w : Z) : option Z :=
  match l with
  | [] => None
  | (a, b) :: r => if w <? b - a then Some (a + w) else last r (w - (b - a))
  end.

Definition elapsed (l : list span) (a b : Z) : Z := worked l b - worked l a.

Definition roll_forward (l : list span) (t : Z) : option Z := last l (worked l t).

Definition roll_back (l : list span) (t : Z) : option Z := if 0 <? worked l t then first l (worked l t) else None.

(** Rule 5: the earliest instant with [d] elapsed; zero rolls forward; a negative amount is refused. *)
Definition add (l : list span) (t d : Z) : option Z :=
  if d <? 0 then None else if d =? 0 then roll_forward l t else first l (worked l t + d).

Definition subtract (l : list span) (t d : Z) : option Z :=
  if d <? 0 then None
  else if d =? 0 then roll_back l t
  else if worked l t - d <? 0 then None else last l (worked l t - d).

(** ** One step of the staircase: an instant adds one when it is open, and nothing when it is closed *)

Lemma worked_before : forall l low t, canonical_after low l -> t <= low -> worked l t = 0.
Proof.
  induction l as [| (a, b) r IH]; simpl; intros low t K L; [reflexivity |].
  destruct K as (A & S & K). rewrite (IH b t K) by lia. lia.
Qed.

Lemma worked_step : forall l low t, canonical_after low l -> worked l (t + 1) = worked l t + (if coversb l t then 1 else 0).
Proof.
  induction l as [| (a, b) r IH]; simpl; intros low t K; [lia |].
  destruct K as (A & S & K). specialize (IH b t K).
  destruct (Z.leb_spec a t); destruct (Z.ltb_spec t b); simpl; rewrite IH; try lia.
  destruct (coversb r t) eqn:E; [| lia].
  apply coversb_spec in E. apply (canonical_after_covers r b t K) in E. lia.
Qed.

Lemma worked_step_open : forall l t, canonical l -> covers l t -> worked l (t + 1) = worked l t + 1.
Proof. intros l t (low & K) C. rewrite (worked_step l low t K). apply coversb_spec in C. rewrite C. reflexivity. Qed.

Lemma worked_step_closed : forall l t, canonical l -> ~ covers l t -> worked l (t + 1) = worked l t.
Proof.
  intros l t (low & K) C. rewrite (worked_step l low t K).
  destruct (coversb l t) eqn:E; [apply coversb_spec in E; tauto | lia].
Qed.

(** Induction over time, forward from an instant. *)
Lemma from_instant : forall (P : Z -> Prop) a, P a -> (forall t, a <= t -> P t -> P (t + 1)) -> forall t, a <= t -> P t.
Proof.
  intros P a B step t L. replace t with (a + Z.of_nat (Z.to_nat (t - a))) by lia.
  induction (Z.to_nat (t - a)) as [| n IH].
  - replace (a + Z.of_nat 0) with a by lia. exact B.
  - replace (a + Z.of_nat (S n)) with ((a + Z.of_nat n) + 1) by lia. apply step; [lia | exact IH].
Qed.

Lemma worked_monotone : forall l a b, a <= b -> worked l a <= worked l b.
Proof. induction l as [| (c, d) r IH]; simpl; intros a b L; [lia |]. specialize (IH a b L). lia. Qed.

(** The staircase never falls, and never rises faster than time: 0 <= elapsed <= wall. *)
Theorem elapsed_within_wall : forall l a b, canonical l -> a <= b -> 0 <= elapsed l a b <= b - a.
Proof.
  intros l a b K L. split; [pose proof (worked_monotone l a b L); unfold elapsed; lia |].
  revert b L. apply from_instant; unfold elapsed; [lia |].
  intros t L IH. destruct (covers_dec l t) as [C | C].
  - rewrite (worked_step_open l t K C). lia.
  - rewrite (worked_step_closed l t K C). lia.
Qed.

(** Elapsed time adds up. *)
Theorem elapsed_is_additive : forall l a b c, elapsed l a b + elapsed l b c = elapsed l a c.
Proof. unfold elapsed. lia. Qed.

(** Asked the other way round it has the other sign. *)
Theorem elapsed_is_antisymmetric : forall l a b, elapsed l b a = - elapsed l a b.
Proof. unfold elapsed. lia. Qed.

(** Elapsed time depends on what is open and on nothing else: it is the number of open instants. *)
Theorem elapsed_counts_open_instants : forall l m a b, canonical l -> canonical m ->
  (forall t, a <= t < b -> covers l t <-> covers m t) -> a <= b -> elapsed l a b = elapsed m a b.
Proof.
  intros l m a b K K' E L. revert E. pattern b. revert b L. apply from_instant; [unfold elapsed; lia |].
  intros t L IH E. assert (H : elapsed l a t = elapsed m a t) by (apply IH; intros; apply E; lia).
  unfold elapsed in *. specialize (E t ltac:(lia)). destruct (covers_dec l t) as [C | C].
  - rewrite (worked_step_open l t K C), (worked_step_open m t K' (proj1 E C)). lia.
  - rewrite (worked_step_closed l t K C), (worked_step_closed m t K'); [lia | tauto].
Qed.

(** More coverage, more elapsed time. *)
Lemma elapsed_grows_with_coverage : forall l m a b, canonical l -> canonical m ->
  (forall t, covers l t -> covers m t) -> a <= b -> elapsed l a b <= elapsed m a b.
Proof.
  intros l m a b K K' E L. revert b L. apply from_instant; [unfold elapsed; lia |].
  intros t L IH. unfold elapsed in *. destruct (covers_dec l t) as [C | C].
  - rewrite (worked_step_open l t K C), (worked_step_open m t K' (E t C)). lia.
  - rewrite (worked_step_closed l t K C). pose proof (worked_monotone m t (t + 1) ltac:(lia)). lia.
Qed.

(** ** The two inverses *)

Lemma worked_bounds : forall l low t, canonical_after low l -> 0 <= worked l t <= total l.
Proof.
  induction l as [| (a, b) r IH]; simpl; intros low t K; [lia |].
  destruct K as (A & S & K). specialize (IH b t K). lia.
Qed.

Lemma first_after : forall l low w u, canonical_after low l -> 0 < w -> first l w = Some u ->
  low < u /\ worked l u = w /\ forall t, worked l t = w -> u <= t.
Proof.
  induction l as [| (a, b) r IH]; simpl; intros low w u K W F; [discriminate |].
  destruct K as (A & S & K). destruct (Z.leb_spec w (b - a)).
  - injection F as <-. split; [lia | split].
    + rewrite (worked_before r b) by (trivial; lia). lia.
    + intros t T. pose proof (worked_bounds r b t K). destruct (Z.le_gt_cases (a + w) t); [assumption |].
      rewrite (worked_before r b t K) in T by lia. lia.
  - destruct (IH b (w - (b - a)) u K ltac:(lia) F) as (B & E & M). split; [lia | split; [lia |]].
    intros t T. destruct (Z.le_gt_cases b t); [apply M; lia |].
    rewrite (worked_before r b t K) in T by lia. lia.
Qed.

Lemma last_after : forall l low w u, canonical_after low l -> 0 <= w -> last l w = Some u ->
  low < u /\ worked l u = w /\ covers l u /\ forall t, worked l t = w -> t <= u.
Proof.
  induction l as [| (a, b) r IH]; simpl; intros low w u K W F; [discriminate |].
  destruct K as (A & S & K). destruct (Z.ltb_spec w (b - a)).
  - injection F as <-. split; [lia | split; [| split]].
    + rewrite (worked_before r b) by (trivial; lia). lia.
    + apply covers_cons. left. unfold in_span; simpl. lia.
    + intros t T. pose proof (worked_bounds r b t K). lia.
  - destruct (IH b (w - (b - a)) u K ltac:(lia) F) as (B & E & C & M). split; [lia | split; [lia | split]].
    + apply covers_cons. right. exact C.
    + intros t T. destruct (Z.le_gt_cases b t); [apply M; lia |]. lia.
Qed.

Lemma first_defined : forall l w, 0 < w <= total l -> exists u, first l w = Some u.
Proof.
  induction l as [| (a, b) r IH]; simpl; intros w W; [lia |].
  destruct (Z.leb_spec w (b - a)); [eexists; reflexivity | apply IH; lia].
Qed.

Lemma last_defined : forall l w, 0 <= w < total l -> exists u, last l w = Some u.
Proof.
  induction l as [| (a, b) r IH]; simpl; intros w W; [lia |].
  destruct (Z.ltb_spec w (b - a)); [eexists; reflexivity | apply IH; lia].
Qed.

Lemma first_within : forall l low w u, canonical_after low l -> first l w = Some u -> w <= total l.
Proof.
  induction l as [| (a, b) r IH]; simpl; intros low w u K F; [discriminate |].
  destruct K as (A & S & K). assert (0 <= total r) by (pose proof (worked_bounds r b 0 K); lia).
  destruct (Z.leb_spec w (b - a)); [lia |]. specialize (IH b _ u K F). lia.
Qed.

Lemma last_within : forall l low w u, canonical_after low l -> last l w = Some u -> w < total l.
Proof.
  induction l as [| (a, b) r IH]; simpl; intros low w u K F; [discriminate |].
  destruct K as (A & S & K). assert (0 <= total r) by (pose proof (worked_bounds r b 0 K); lia).
  destruct (Z.ltb_spec w (b - a)); [lia |]. specialize (IH b _ u K F). lia.
Qed.

(** [first] is the inverse of [worked] that is earliest. *)
Theorem first_is_inverse_and_earliest : forall l w u, canonical l -> 0 < w -> first l w = Some u ->
  worked l u = w /\ forall t, worked l t = w -> u <= t.
Proof. intros l w u (low & K) W F. destruct (first_after l low w u K W F) as (_ & E & M). auto. Qed.

(** [last] is the inverse of [worked] that is latest. *)
Theorem last_is_inverse_and_latest : forall l w u, canonical l -> 0 <= w -> last l w = Some u ->
  worked l u = w /\ forall t, worked l t = w -> t <= u.
Proof. intros l w u (low & K) W F. destruct (last_after l low w u K W F) as (_ & E & _ & M). auto. Qed.

Lemma first_unique : forall l w u v, canonical l -> 0 < w -> first l w = Some u -> worked l v = w ->
  (forall t, worked l t = w -> v <= t) -> u = v.
Proof.
  intros l w u v K W F E M. destruct (first_is_inverse_and_earliest l w u K W F) as (E' & M').
  specialize (M u E'). specialize (M' v E). lia.
Qed.

Lemma worked_nonneg : forall l t, 0 <= worked l t.
Proof. induction l as [| (a, b) r IH]; simpl; intros t; [lia |]. specialize (IH t). lia. Qed.

(** ** Adding *)

Lemma add_positive : forall l t d, 0 < d -> add l t d = first l (worked l t + d).
Proof. intros l t d D. unfold add. destruct (Z.ltb_spec d 0); [lia |]. destruct (Z.eqb_spec d 0); [lia | reflexivity]. Qed.

Lemma add_zero : forall l t, add l t 0 = roll_forward l t.
Proof. reflexivity. Qed.

Lemma subtract_positive : forall l t d, 0 < d ->
  subtract l t d = if worked l t - d <? 0 then None else last l (worked l t - d).
Proof. intros l t d D. unfold subtract. destruct (Z.ltb_spec d 0); [lia |]. destruct (Z.eqb_spec d 0); [lia | reflexivity]. Qed.

Lemma subtract_zero : forall l t, subtract l t 0 = roll_back l t.
Proof. reflexivity. Qed.

(** Rule 5: after adding [d], exactly [d] has elapsed ... *)
Theorem add_elapses : forall l t d u, canonical l -> 0 < d -> add l t d = Some u -> elapsed l t u = d.
Proof.
  intros l t d u K D A. rewrite add_positive in A by exact D. pose proof (worked_nonneg l t).
  destruct (first_is_inverse_and_earliest l (worked l t + d) u K ltac:(lia) A) as (E & _). unfold elapsed. lia.
Qed.

(** ... and at no earlier instant. *)
Theorem add_is_earliest : forall l t d u v, canonical l -> 0 < d -> add l t d = Some u -> elapsed l t v = d -> u <= v.
Proof.
  intros l t d u v K D A V. rewrite add_positive in A by exact D. pose proof (worked_nonneg l t).
  destruct (first_is_inverse_and_earliest l (worked l t + d) u K ltac:(lia) A) as (_ & M). apply M. unfold elapsed in V. lia.
Qed.

(** Work that exactly fills the open time is due when it closes, never at the next opening: just before due it was open. *)
Theorem due_is_just_after_open_time : forall l t d u, canonical l -> 0 < d -> add l t d = Some u -> covers l (u - 1).
Proof.
  intros l t d u K D A. destruct (covers_dec l (u - 1)) as [C | C]; [exact C | exfalso].
  pose proof (add_elapses l t d u K D A) as E. pose proof (worked_step_closed l (u - 1) K C) as W.
  replace (u - 1 + 1) with u in W by lia.
  pose proof (add_is_earliest l t d u (u - 1) K D A) as M. unfold elapsed in *. lia.
Qed.

(** A due time is after receipt. *)
Theorem add_is_later : forall l t d u, canonical l -> 0 < d -> add l t d = Some u -> t < u.
Proof.
  intros l t d u K D A. pose proof (add_elapses l t d u K D A) as E. unfold elapsed in E.
  destruct (Z.lt_ge_cases t u); [assumption |]. pose proof (worked_monotone l u t ltac:(lia)). lia.
Qed.

(** Received later, due not earlier. *)
Theorem add_is_monotone_in_receipt : forall l t t' d u u', canonical l -> 0 < d -> t <= t' ->
  add l t d = Some u -> add l t' d = Some u' -> u <= u'.
Proof.
  intros l t t' d u u' K D L A A'. pose proof (add_elapses l t d u K D A). pose proof (add_elapses l t' d u' K D A').
  pose proof (worked_monotone l t t' L). unfold elapsed in *.
  destruct (Z.le_gt_cases u u'); [assumption |]. exfalso.
  pose proof (worked_monotone l u' u ltac:(lia)).
  assert (worked l u = worked l u') by lia. assert (elapsed l t u' = d) by (unfold elapsed; lia).
  pose proof (add_is_earliest l t d u u' K D A ltac:(assumption)). lia.
Qed.

(** A longer promise is due not earlier. *)
Theorem add_is_monotone_in_amount : forall l t d d' u u', canonical l -> 0 < d -> d <= d' ->
  add l t d = Some u -> add l t d' = Some u' -> u <= u'.
Proof.
  intros l t d d' u u' K D L A A'. pose proof (add_elapses l t d u K D A). pose proof (add_elapses l t d' u' K ltac:(lia) A').
  unfold elapsed in *. destruct (Z.le_gt_cases u u'); [assumption |]. exfalso.
  pose proof (worked_monotone l u' u ltac:(lia)). assert (elapsed l t u' = d) by (unfold elapsed; lia).
  pose proof (add_is_earliest l t d u u' K D A ltac:(assumption)). lia.
Qed.

Lemma worked_of_roll_forward : forall l t u, canonical l -> roll_forward l t = Some u -> worked l u = worked l t.
Proof.
  intros l t u K R. destruct (last_is_inverse_and_latest l _ u K (worked_nonneg l t) R) as (E & _). exact E.
Qed.

(** Added in two steps, or at once: the same. The first step may be zero; the second may not, as zero rolls forward. *)
Theorem add_in_two_steps : forall l t a b u, canonical l -> 0 <= a -> 0 < b -> add l t a = Some u ->
  add l u b = add l t (a + b).
Proof.
  intros l t a b u K A B H. rewrite !add_positive by lia. f_equal.
  destruct (Z.eq_dec a 0) as [-> | N].
  - rewrite add_zero in H. rewrite (worked_of_roll_forward l t u K H). lia.
  - pose proof (add_elapses l t a u K ltac:(lia) H) as E. unfold elapsed in E. lia.
Qed.

(** Taking off what was added arrives at the opening at or after the start ... *)
Theorem subtract_undoes_add : forall l t d u v, canonical l -> 0 < d -> add l t d = Some u -> roll_forward l t = Some v ->
  subtract l u d = Some v.
Proof.
  intros l t d u v K D A R. pose proof (add_elapses l t d u K D A) as E. unfold elapsed in E.
  rewrite subtract_positive by exact D. replace (worked l u - d) with (worked l t) by lia.
  pose proof (worked_nonneg l t). destruct (Z.ltb_spec (worked l t) 0); [lia | exact R].
Qed.

(** ... and adding what was taken off, at the closing at or before it. *)
Theorem add_undoes_subtract : forall l t d u v, canonical l -> 0 < d -> subtract l t d = Some u -> roll_back l t = Some v ->
  add l u d = Some v.
Proof.
  intros l t d u v K D S R. rewrite subtract_positive in S by exact D.
  destruct (Z.ltb_spec (worked l t - d) 0) as [| W]; [discriminate |].
  destruct (last_is_inverse_and_latest l _ u K W S) as (E & _).
  rewrite add_positive by exact D. replace (worked l u + d) with (worked l t) by lia.
  unfold roll_back in R. destruct (0 <? worked l t); [exact R | discriminate].
Qed.

(** Subtracting: exactly [d] elapses from there ... *)
Theorem subtract_elapses : forall l t d u, canonical l -> 0 < d -> subtract l t d = Some u -> elapsed l u t = d.
Proof.
  intros l t d u K D S. rewrite subtract_positive in S by exact D.
  destruct (Z.ltb_spec (worked l t - d) 0) as [| W]; [discriminate |].
  destruct (last_is_inverse_and_latest l _ u K W S) as (E & _). unfold elapsed. lia.
Qed.

(** ... and from no later instant. *)
Theorem subtract_is_latest : forall l t d u v, canonical l -> 0 < d -> subtract l t d = Some u -> elapsed l v t = d -> v <= u.
Proof.
  intros l t d u v K D S V. rewrite subtract_positive in S by exact D.
  destruct (Z.ltb_spec (worked l t - d) 0) as [| W]; [discriminate |].
  destruct (last_is_inverse_and_latest l _ u K W S) as (_ & M). apply M. unfold elapsed in V. lia.
Qed.

(** ** Zero rolls *)

Lemma closed_between : forall l a b, canonical l -> a <= b -> worked l a = worked l b -> forall t, a <= t < b -> ~ covers l t.
Proof.
  intros l a b K L E t T C. pose proof (worked_step_open l t K C).
  pose proof (worked_monotone l a t ltac:(lia)). pose proof (worked_monotone l (t + 1) b ltac:(lia)). lia.
Qed.

(** Rolling forward arrives at the first open instant at or after: itself when it is open. *)
Theorem roll_forward_is_first_open : forall l t u, canonical l -> roll_forward l t = Some u ->
  t <= u /\ covers l u /\ forall v, t <= v -> covers l v -> u <= v.
Proof.
  intros l t u (low & K) R. pose proof (worked_nonneg l t) as N.
  destruct (last_after l low _ u K N R) as (_ & E & C & M).
  assert (T : t <= u) by (apply M; reflexivity). split; [exact T | split; [exact C |]].
  intros v L V. destruct (Z.le_gt_cases u v); [assumption |]. exfalso.
  apply (closed_between l t u (ex_intro _ low K) T ltac:(lia) v); [lia | exact V].
Qed.

(** Rolling back arrives at the last instant at or before that has open time just before it. *)
Theorem roll_back_is_last_worked : forall l t u, canonical l -> roll_back l t = Some u ->
  u <= t /\ covers l (u - 1) /\ forall v, v <= t -> covers l (v - 1) -> v <= u.
Proof.
  intros l t u K R. unfold roll_back in R. destruct (Z.ltb_spec 0 (worked l t)) as [W |]; [| discriminate].
  destruct (first_is_inverse_and_earliest l _ u K W R) as (E & M).
  assert (T : u <= t) by (apply M; reflexivity). split; [exact T | split].
  - destruct (covers_dec l (u - 1)) as [C | C]; [exact C | exfalso].
    pose proof (worked_step_closed l (u - 1) K C) as S. replace (u - 1 + 1) with u in S by lia.
    specialize (M (u - 1) ltac:(lia)). lia.
  - intros v L V. destruct (Z.le_gt_cases v u); [assumption |]. exfalso.
    apply (closed_between l u t K T ltac:(lia) (v - 1)); [lia | exact V].
Qed.

(** ** More coverage is never due later: for business hours, workday hours and calendar hours, and for the next opening *)

Theorem more_coverage_is_never_later : forall l m t d u v, canonical l -> canonical m -> 0 < d ->
  (forall i, covers l i -> covers m i) -> add l t d = Some u -> add m t d = Some v -> v <= u.
Proof.
  intros l m t d u v K K' D C A A'. pose proof (add_elapses l t d u K D A) as E. pose proof (add_elapses m t d v K' D A') as E'.
  pose proof (add_is_later l t d u K D A).
  pose proof (elapsed_grows_with_coverage l m t u K K' C ltac:(lia)).
  destruct (Z.le_gt_cases v u); [assumption | exfalso].
  pose proof (worked_monotone m u v ltac:(lia)). unfold elapsed in *.
  assert (elapsed m t u = d) by (unfold elapsed; lia).
  pose proof (add_is_earliest m t d v u K' D A' ltac:(assumption)). lia.
Qed.

Theorem more_coverage_opens_no_later : forall l m t u v, canonical l -> canonical m ->
  (forall i, covers l i -> covers m i) -> roll_forward l t = Some u -> roll_forward m t = Some v -> v <= u.
Proof.
  intros l m t u v K K' C R R'. destruct (roll_forward_is_first_open l t u K R) as (L & O & _).
  destruct (roll_forward_is_first_open m t v K' R') as (_ & _ & M). apply M; [exact L | apply C, O].
Qed.

(** Answers depend on what is open and on nothing else: a boundary between equal versions changes nothing. *)
Theorem equal_coverage_is_equal : forall l m, canonical l -> canonical m -> (forall t, covers l t <-> covers m t) -> l = m.
Proof. exact canonical_is_unique. Qed.
