(** Working dates and business days (rule 7a), over an abstract calendar of dates.

    A working date owns open time: it has a first opening and a last close. How the dates come about (weekly hours, holidays,
    half days, versions) is not modelled, and neither are zones: a wall time of a date is given as an instant. *)

From Coq Require Import ZArith List Bool Lia.
Import ListNotations.
Open Scope Z_scope.

Record working_date := { date : Z; opening : Z; close : Z }.

(** Sorted, each with open time, none beginning before the last one closed. *)
Fixpoint ordered_after (low : Z) (ds : list working_date) : Prop :=
  match ds with
  | [] => True
  | d :: r => low <= opening d /\ opening d < close d /\ ordered_after (close d) r
  end.

Definition ordered (ds : list working_date) : Prop := exists low, ordered_after low ds.

(** What is left of the working dates from the one that owns effective start [s]: that one is day 0. *)
Fixpoint from_start (ds : list working_date) (s : Z) : list working_date :=
  match ds with
  | [] => []
  | d :: r => if s <? close d then ds else from_start r s
  end.

(** A point of a date: an instant, not before its first opening and not after its last close. *)
Definition clamped (point : working_date -> Z) (d : working_date) : Z := Z.max (opening d) (Z.min (close d) (point d)).

(** Day [n] from the start; a point before the effective start passes to the next working date. *)
Definition day (ds : list working_date) (point : working_date -> Z) (s : Z) (n : nat) : option Z :=
  match from_start ds s with
  | [] => None
  | today :: later =>
      match n with
      | O => if clamped point today <? s then option_map (clamped point) (nth_error later 0) else Some (clamped point today)
      | S k => option_map (clamped point) (nth_error later k)
      end
  end.

(** At the cutoff of day 0, and after it, one day more. *)
Definition business_days (ds : list working_date) (point cutoff : working_date -> Z) (s : Z) (n : nat) : option Z :=
  match from_start ds s with
  | [] => None
  | today :: _ => day ds point s (if cutoff today <=? s then S n else n)
  end.

Lemma from_start_ordered : forall ds low s, ordered_after low ds -> ordered_after low (from_start ds s).
Proof.
  induction ds as [| d r IH]; simpl; intros low s O; [exact I |].
  destruct O as (L & W & O). destruct (Z.ltb_spec s (close d)); [simpl; auto |].
  specialize (IH (close d) s O). destruct (from_start r s) as [| e q]; simpl in *; [exact I | intuition lia].
Qed.

Lemma from_start_not_over : forall ds s d r, from_start ds s = d :: r -> s < close d.
Proof.
  induction ds as [| e q IH]; simpl; intros s d r F; [discriminate |].
  destruct (Z.ltb_spec s (close e)); [injection F as <- <-; assumption | exact (IH s d r F)].
Qed.

Lemma clamped_bounds : forall point d, opening d < close d -> opening d <= clamped point d <= close d.
Proof. intros. unfold clamped. lia. Qed.

Lemma nth_ordered : forall ds low k d, ordered_after low ds -> nth_error ds k = Some d -> low <= opening d /\ opening d < close d.
Proof.
  induction ds as [| e r IH]; intros low k d O N; destruct k as [| k]; simpl in *; try discriminate.
  - injection N as <-. tauto.
  - destruct O as (L & W & O). destruct (IH (close e) k d O N). lia.
Qed.

Lemma nth_later : forall ds low j k d e, ordered_after low ds -> (j < k)%nat ->
  nth_error ds j = Some d -> nth_error ds k = Some e -> close d <= opening e.
Proof.
  induction ds as [| f r IH]; intros low j k d e O L N M; destruct j as [| j]; destruct k as [| k]; simpl in *; try discriminate; try lia.
  - injection N as <-. destruct O as (_ & _ & O). exact (proj1 (nth_ordered r (close f) k e O M)).
  - destruct O as (_ & _ & O). apply (IH (close f) j k d e O); [lia | exact N | exact M].
Qed.

(** Every answer is a clamped point of day [n], or for day 0 of the day after it. *)
Lemma day_is_a_point : forall ds point s n u, day ds point s n = Some u ->
  exists k d, nth_error (from_start ds s) k = Some d /\ u = clamped point d /\ (k = n \/ (n = 0 /\ k = 1))%nat.
Proof.
  intros ds point s n u D. unfold day in D. destruct (from_start ds s) as [| today later] eqn:F; [discriminate |].
  destruct n as [| k].
  - destruct (clamped point today <? s).
    + destruct (nth_error later 0) as [d |] eqn:N; simpl in D; [| discriminate]. injection D as <-.
      exists 1%nat, d. simpl. split; [exact N | split; [reflexivity | right; auto]].
    + injection D as <-. exists 0%nat, today. simpl. auto.
  - destruct (nth_error later k) as [d |] eqn:N; simpl in D; [| discriminate]. injection D as <-.
    exists (S k), d. simpl. auto.
Qed.

(** Due inside the hours of a working date, its ends included. *)
Theorem due_is_within_a_working_date : forall ds point s n u, ordered ds -> day ds point s n = Some u ->
  exists d, In d (from_start ds s) /\ opening d <= u <= close d.
Proof.
  intros ds point s n u (low & O) D. destruct (day_is_a_point ds point s n u D) as (k & d & N & -> & _).
  exists d. split; [exact (nth_error_In _ _ N) |].
  apply clamped_bounds. exact (proj2 (nth_ordered _ low k d (from_start_ordered ds low s O) N)).
Qed.

(** Never due before the effective start. *)
Theorem due_is_not_before_the_start : forall ds point s n u, ordered ds -> day ds point s n = Some u -> s <= u.
Proof.
  intros ds point s n u (low & O) D. pose proof (from_start_ordered ds low s O) as P.
  unfold day in D. destruct (from_start ds s) as [| today later] eqn:F; [discriminate |].
  pose proof (from_start_not_over ds s today later F) as T. simpl in P. destruct P as (_ & W & P).
  destruct n as [| k].
  - destruct (Z.ltb_spec (clamped point today) s) as [B | B].
    + destruct (nth_error later 0) as [d |] eqn:N; simpl in D; [| discriminate]. injection D as <-.
      destruct (nth_ordered later (close today) 0 d P N). pose proof (clamped_bounds point d ltac:(assumption)). lia.
    + injection D as <-. exact B.
  - destruct (nth_error later k) as [d |] eqn:N; simpl in D; [| discriminate]. injection D as <-.
    destruct (nth_ordered later (close today) k d P N). pose proof (clamped_bounds point d ltac:(assumption)). lia.
Qed.

(** N counts working dates after day 0: for 0 < n, due belongs to the n-th of them, however long or short it is. *)
Theorem n_counts_working_dates : forall ds point s n u, (0 < n)%nat -> day ds point s n = Some u ->
  exists d, nth_error (from_start ds s) n = Some d /\ u = clamped point d.
Proof.
  intros ds point s n u P D. destruct (day_is_a_point ds point s n u D) as (k & d & N & E & [-> | (-> & _)]); [| lia].
  exists d. auto.
Qed.

(** More days are never due earlier. *)
Theorem more_days_are_not_earlier : forall ds point s n m u v, ordered ds -> (n <= m)%nat ->
  day ds point s n = Some u -> day ds point s m = Some v -> u <= v.
Proof.
  intros ds point s n m u v (low & O) L D D'. pose proof (from_start_ordered ds low s O) as P.
  destruct (Nat.eq_dec n m) as [-> | NM]; [rewrite D in D'; injection D' as ->; lia |].
  destruct (day_is_a_point ds point s n u D) as (j & d & N & -> & J).
  destruct (day_is_a_point ds point s m v D') as (k & e & M & -> & [-> | (-> & _)]); [| lia].
  destruct (Nat.eq_dec j m) as [-> | JM].
  - rewrite N in M. injection M as ->. lia.
  - assert (close d <= opening e) by (apply (nth_later _ low j m d e P); [lia | exact N | exact M]).
    pose proof (clamped_bounds point d (proj2 (nth_ordered _ low j d P N))).
    pose proof (clamped_bounds point e (proj2 (nth_ordered _ low m e P M))). lia.
Qed.

(** At the cutoff is after it. *)
Theorem at_the_cutoff_is_after_it : forall ds point cutoff s n today later, from_start ds s = today :: later -> cutoff today = s ->
  business_days ds point cutoff s n = day ds point s (S n).
Proof. intros. unfold business_days. rewrite H, H0, Z.leb_refl. reflexivity. Qed.

(** Before the cutoff it is as if there were none. *)
Theorem before_the_cutoff : forall ds point cutoff s n today later, from_start ds s = today :: later -> s < cutoff today ->
  business_days ds point cutoff s n = day ds point s n.
Proof.
  intros ds point cutoff s n today later H C. unfold business_days. rewrite H.
  destruct (Z.leb_spec (cutoff today) s); [lia | reflexivity].
Qed.

(** With a cutoff, never due before the effective start either. *)
Theorem due_with_cutoff_is_not_before_the_start : forall ds point cutoff s n u, ordered ds ->
  business_days ds point cutoff s n = Some u -> s <= u.
Proof.
  intros ds point cutoff s n u O D. unfold business_days in D.
  destruct (from_start ds s) as [| today later]; [discriminate |]. exact (due_is_not_before_the_start ds point s _ u O D).
Qed.

(** ** Received later, due not earlier: for a point of the date, with a cutoff or without *)

Lemma from_start_later : forall ds low s s', ordered_after low ds -> s <= s' ->
  exists j, from_start ds s' = skipn j (from_start ds s).
Proof.
  induction ds as [| d r IH]; simpl; intros low s s' O L; [exists 0%nat; reflexivity |].
  destruct O as (_ & _ & O). destruct (Z.ltb_spec s (close d)).
  - destruct (Z.ltb_spec s' (close d)); [exists 0%nat; reflexivity |].
    destruct (IH (close d) s s' O L) as (j & E). exists (S j). simpl. rewrite E.
    destruct r as [| e q]; [rewrite !skipn_nil; reflexivity |].
    simpl in *. destruct O as (Oe & We & O). destruct (Z.ltb_spec s (close e)) as [| G]; [reflexivity | lia].
  - destruct (Z.ltb_spec s' (close d)); [lia |]. exact (IH (close d) s s' O L).
Qed.

(** Which working date from day 0 on the answer belongs to. *)
Definition index (point cutoff : working_date -> Z) (today : working_date) (s : Z) (n : nat) : nat :=
  match (if cutoff today <=? s then S n else n) with
  | O => if clamped point today <? s then 1 else 0
  | m => m
  end.

Lemma business_days_by_index : forall ds point cutoff s n today later, from_start ds s = today :: later ->
  business_days ds point cutoff s n = option_map (clamped point) (nth_error (today :: later) (index point cutoff today s n)).
Proof.
  intros ds point cutoff s n today later F. unfold business_days, index, day. rewrite F.
  destruct (cutoff today <=? s); [reflexivity |].
  destruct n as [| n]; [| reflexivity]. destruct (clamped point today <? s); reflexivity.
Qed.

Lemma index_bounds : forall point cutoff today s n, (n <= index point cutoff today s n <= S n)%nat.
Proof. intros. unfold index. destruct (cutoff today <=? s); [lia |]. destruct n; [destruct (clamped point today <? s) |]; lia. Qed.

Lemma index_grows : forall point cutoff today s s' n, s <= s' -> (index point cutoff today s n <= index point cutoff today s' n)%nat.
Proof.
  intros point cutoff today s s' n L. unfold index.
  destruct (Z.leb_spec (cutoff today) s); destruct (Z.leb_spec (cutoff today) s'); try lia;
    destruct n as [| n]; try lia; destruct (Z.ltb_spec (clamped point today) s); destruct (Z.ltb_spec (clamped point today) s'); lia.
Qed.

Lemma nth_skipn : forall (A : Type) (l : list A) j k, nth_error (skipn j l) k = nth_error l (j + k).
Proof. induction l as [| x l IH]; intros [| j] k; simpl; try reflexivity; [destruct k; reflexivity | apply IH]. Qed.

Theorem received_later_is_not_due_earlier : forall ds point cutoff s s' n u v, ordered ds -> s <= s' ->
  business_days ds point cutoff s n = Some u -> business_days ds point cutoff s' n = Some v -> u <= v.
Proof.
  intros ds point cutoff s s' n u v (low & O) L B B'. pose proof (from_start_ordered ds low s O) as P.
  destruct (from_start_later ds low s s' O L) as (j & E).
  destruct (from_start ds s) as [| today later] eqn:F; [unfold business_days in B; rewrite F in B; discriminate |].
  destruct (from_start ds s') as [| today' later'] eqn:F'; [unfold business_days in B'; rewrite F' in B'; discriminate |].
  rewrite (business_days_by_index _ _ _ _ _ _ _ F) in B. rewrite (business_days_by_index _ _ _ _ _ _ _ F') in B'.
  rewrite E, nth_skipn in B'.
  set (k := index point cutoff today s n) in *. set (k' := index point cutoff today' s' n) in *.
  destruct (nth_error (today :: later) k) as [d |] eqn:N; simpl in B; [injection B as <- | discriminate].
  destruct (nth_error (today :: later) (j + k')) as [d' |] eqn:N'; simpl in B'; [injection B' as <- | discriminate].
  assert (K : (k <= j + k')%nat).
  { destruct j as [| j].
    - simpl in E. injection E as <- <-. unfold k, k'. simpl. apply index_grows, L.
    - pose proof (index_bounds point cutoff today s n). pose proof (index_bounds point cutoff today' s' n). unfold k, k'. lia. }
  destruct (Nat.eq_dec k (j + k')) as [Q | Ne].
  - rewrite <- Q, N in N'. injection N' as <-. lia.
  - pose proof (nth_later _ low k (j + k') d d' P ltac:(lia) N N').
    pose proof (clamped_bounds point d (proj2 (nth_ordered _ low k d P N))).
    pose proof (clamped_bounds point d' (proj2 (nth_ordered _ low (j + k') d' P N'))). lia.
Qed.
