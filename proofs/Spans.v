(** Sets of time: sorted, disjoint, non-empty, half-open spans of integers (src/slacalc/business_time/spans.py).

    An instant is an integer. A set is what it covers; a list of spans is canonical when it is the one way to write its set. *)

From Coq Require Import ZArith List Bool Lia.
Import ListNotations.
Open Scope Z_scope.

Definition span : Type := Z * Z.

Definition in_span (s : span) (t : Z) : Prop := fst s <= t < snd s.

(** The set holds instant [t]: the opening is inside, the closing is not (rule 2). *)
Definition covers (l : list span) (t : Z) : Prop := exists s, In s l /\ in_span s t.

Fixpoint coversb (l : list span) (t : Z) : bool :=
  match l with
  | [] => false
  | (a, b) :: r => ((a <=? t) && (t <? b)) || coversb r t
  end.

(** Canonical, and everything is later than [low]: sorted, not empty, and no two touch. *)
Fixpoint canonical_after (low : Z) (l : list span) : Prop :=
  match l with
  | [] => True
  | (a, b) :: r => low < a /\ a < b /\ canonical_after b r
  end.

Definition canonical (l : list span) : Prop := exists low, canonical_after low l.

(** How much time a list of spans holds. *)
Fixpoint total (l : list span) : Z :=
  match l with
  | [] => 0
  | (a, b) :: r => (b - a) + total r
  end.

(** The union, built by putting one pair after another into a canonical list. *)
Fixpoint insert (a b : Z) (l : list span) : list span :=
  match l with
  | [] => [(a, b)]
  | (c, d) :: r =>
      if b <? c then (a, b) :: (c, d) :: r
      else if d <? a then (c, d) :: insert a b r
      else insert (Z.min a c) (Z.max b d) r
  end.

Fixpoint union (l : list span) : list span :=
  match l with
  | [] => []
  | (a, b) :: r => if a <? b then insert a b (union r) else union r
  end.

(** What a list of spans holds inside [a, b). *)
Fixpoint clip (l : list span) (a b : Z) : list span :=
  match l with
  | [] => []
  | (c, d) :: r =>
      if Z.max a c <? Z.min b d then (Z.max a c, Z.min b d) :: clip r a b else clip r a b
  end.

(** What a list of spans does not hold inside [a, b). *)
Fixpoint gaps (l : list span) (a b : Z) : list span :=
  match l with
  | [] => if a <? b then [(a, b)] else []
  | (c, d) :: r =>
      let rest := gaps r (Z.max a d) b in
      if a <? Z.min c b then (a, Z.min c b) :: rest else rest
  end.

Definition intersection (l m : list span) : list span := union (flat_map (fun s => clip l (fst s) (snd s)) m).

Definition difference (l m : list span) : list span := union (flat_map (fun s => gaps m (fst s) (snd s)) l).

(** ** What covers what *)

Lemma covers_nil : forall t, ~ covers [] t.
Proof. intros t (s & [] & _). Qed.

Lemma covers_cons : forall s l t, covers (s :: l) t <-> in_span s t \/ covers l t.
Proof.
  intros s l t. split.
  - intros (x & [H | H] & C); [left; subst; exact C | right; exists x; auto].
  - intros [C | (x & H & C)]; [exists s | exists x]; simpl; auto.
Qed.

Lemma covers_app : forall l m t, covers (l ++ m) t <-> covers l t \/ covers m t.
Proof.
  induction l as [| s l IH]; intros m t; simpl.
  - split; [auto | intros [C | C]; [destruct (covers_nil _ C) | exact C]].
  - rewrite !covers_cons, IH. tauto.
Qed.

Lemma coversb_spec : forall l t, coversb l t = true <-> covers l t.
Proof.
  induction l as [| (a, b) r IH]; intros t; simpl.
  - split; [discriminate | intros C; destruct (covers_nil _ C)].
  - rewrite covers_cons, orb_true_iff, andb_true_iff, Z.leb_le, Z.ltb_lt, IH. unfold in_span; simpl. tauto.
Qed.

Lemma covers_dec : forall l t, covers l t \/ ~ covers l t.
Proof.
  intros l t. destruct (coversb l t) eqn:E.
  - left. apply coversb_spec, E.
  - right. intros C. apply coversb_spec in C. congruence.
Qed.

Lemma canonical_after_weaker : forall l low low', low' <= low -> canonical_after low l -> canonical_after low' l.
Proof. destruct l as [| (a, b) r]; simpl; intros; [exact I | intuition lia]. Qed.

Lemma canonical_after_covers : forall l low t, canonical_after low l -> covers l t -> low < t.
Proof.
  induction l as [| (a, b) r IH]; simpl; intros low t K C.
  - destruct (covers_nil _ C).
  - apply covers_cons in C. destruct K as (L & S & K). destruct C as [C | C].
    + unfold in_span in C; simpl in C. lia.
    + specialize (IH b t K C). lia.
Qed.

Lemma canonical_tail : forall s l, canonical (s :: l) -> canonical l.
Proof. intros (a, b) l (low & L & S & K). exists b. exact K. Qed.

(** ** Union *)

Lemma insert_covers : forall l a b t, a < b -> covers (insert a b l) t <-> a <= t < b \/ covers l t.
Proof.
  induction l as [| (c, d) r IH]; simpl; intros a b t A.
  - rewrite covers_cons. unfold in_span; simpl. split; [intros [H | H]; [auto | destruct (covers_nil _ H)] | intros [H | H]; [auto | destruct (covers_nil _ H)]].
  - destruct (Z.ltb_spec b c).
    + rewrite !covers_cons. unfold in_span; simpl. tauto.
    + destruct (Z.ltb_spec d a).
      * rewrite !covers_cons, IH by lia. unfold in_span; simpl. tauto.
      * rewrite IH by lia. rewrite covers_cons. unfold in_span; simpl.
        destruct (covers_dec r t); intuition lia.
Qed.

Lemma insert_canonical : forall l a b low, low < a -> a < b -> canonical_after low l -> canonical_after low (insert a b l).
Proof.
  induction l as [| (c, d) r IH]; simpl; intros a b low L A K.
  - auto.
  - destruct K as (L' & S & K).
    destruct (Z.ltb_spec b c); [simpl; intuition lia |].
    destruct (Z.ltb_spec d a).
    + simpl. split; [lia | split; [lia |]]. apply IH; [lia | lia | exact K].
    + apply IH; [lia | lia |]. apply (canonical_after_weaker r d low); [lia | exact K].
Qed.

(** Every instant of the pairs is in their union, and no other; whatever their order and overlaps. *)
Theorem union_covers : forall l t, covers (union l) t <-> covers l t.
Proof.
  induction l as [| (a, b) r IH]; simpl; intros t; [tauto |].
  rewrite covers_cons. unfold in_span; simpl.
  destruct (Z.ltb_spec a b).
  - rewrite insert_covers, IH by lia. tauto.
  - rewrite IH. intuition lia.
Qed.

Fixpoint least (l : list span) : Z :=
  match l with
  | [] => 0
  | (a, b) :: r => Z.min a (least r)
  end.

Lemma union_canonical_after : forall l low, low < least l -> canonical_after low (union l).
Proof.
  induction l as [| (a, b) r IH]; simpl; intros low L; [exact I |].
  destruct (Z.ltb_spec a b); [apply insert_canonical; [lia | lia |] |]; apply IH; lia.
Qed.

(** A union is canonical. *)
Theorem union_is_canonical : forall l, canonical (union l).
Proof. intros l. exists (least l - 1). apply union_canonical_after. lia. Qed.

(** ** Intersection and difference *)

Lemma clip_covers : forall l a b t, covers (clip l a b) t <-> covers l t /\ a <= t < b.
Proof.
  induction l as [| (c, d) r IH]; simpl; intros a b t.
  - split; [intros C | intros (C & _)]; destruct (covers_nil _ C).
  - destruct (Z.ltb_spec (Z.max a c) (Z.min b d)); rewrite ?covers_cons, IH; rewrite ?covers_cons; unfold in_span; simpl; intuition lia.
Qed.

Lemma gaps_covers : forall l a b low t, canonical_after low l -> covers (gaps l a b) t <-> a <= t < b /\ ~ covers l t.
Proof.
  induction l as [| (c, d) r IH]; simpl; intros a b low t K.
  - destruct (Z.ltb_spec a b).
    + rewrite covers_cons. unfold in_span; simpl. pose proof (covers_nil t). tauto.
    + pose proof (covers_nil t). intuition lia.
  - destruct K as (L & S & K).
    assert (R : covers r t -> d < t) by (apply canonical_after_covers; exact K).
    specialize (IH (Z.max a d) b d t K).
    assert (G : covers (if a <? Z.min c b then (a, Z.min c b) :: gaps r (Z.max a d) b else gaps r (Z.max a d) b) t
                <-> a <= t < Z.min c b \/ covers (gaps r (Z.max a d) b) t).
    { destruct (Z.ltb_spec a (Z.min c b)); rewrite ?covers_cons; unfold in_span; simpl; intuition lia. }
    rewrite G, IH, covers_cons. unfold in_span; simpl. clear G IH K.
    destruct (covers_dec r t) as [C | C].
    + specialize (R C). split; [intros [H | (_ & H)]; [lia | tauto] | intros (H & N); exfalso; apply N; right; exact C].
    + split.
      * intros [H | (H & _)]; (split; [lia | intros [N | N]; [lia | tauto]]).
      * intros (H & N). assert (~ c <= t < d) by tauto.
        destruct (Z.lt_ge_cases t c); [left; lia | right; split; [lia | exact C]].
Qed.

Lemma covers_flat_map : forall (f : span -> list span) l t, covers (flat_map f l) t <-> exists s, In s l /\ covers (f s) t.
Proof.
  induction l as [| s l IH]; simpl; intros t.
  - split; [intros C; destruct (covers_nil _ C) | intros (s & [] & _)].
  - rewrite covers_app, IH. split.
    + intros [C | (x & H & C)]; [exists s | exists x]; auto.
    + intros (x & [H | H] & C); [left; subst; exact C | right; exists x; auto].
Qed.

(** An instant is in the intersection exactly when both sets hold it. *)
Theorem intersection_covers : forall l m t, covers (intersection l m) t <-> covers l t /\ covers m t.
Proof.
  intros l m t. unfold intersection. rewrite union_covers, covers_flat_map. split.
  - intros (s & H & C). apply clip_covers in C. split; [tauto | exists s; unfold in_span; tauto].
  - intros (C & s & H & S). exists s. split; [exact H |]. apply clip_covers. unfold in_span in S. tauto.
Qed.

(** An instant is in the difference exactly when the left set holds it and the right one does not. *)
Theorem difference_covers : forall l m t, canonical m -> covers (difference l m) t <-> covers l t /\ ~ covers m t.
Proof.
  intros l m t (low & K). unfold difference. rewrite union_covers, covers_flat_map. split.
  - intros (s & H & C). apply (gaps_covers m _ _ low) in C; [| exact K]. split; [exists s; unfold in_span; tauto | tauto].
  - intros ((s & H & S) & C). exists s. split; [exact H |]. apply (gaps_covers m _ _ low); [exact K |]. unfold in_span in S. tauto.
Qed.

Theorem difference_is_canonical : forall l m, canonical (difference l m).
Proof. intros l m. apply union_is_canonical. Qed.

Theorem intersection_is_canonical : forall l m, canonical (intersection l m).
Proof. intros l m. apply union_is_canonical. Qed.

(** ** One set is written in one way *)

Lemma canonical_after_unique : forall l m low low',
  canonical_after low l -> canonical_after low' m -> (forall t, covers l t <-> covers m t) -> l = m.
Proof.
  induction l as [| (a, b) r IH]; intros [| (c, d) q] low low' K K' E.
  - reflexivity.
  - exfalso. destruct K' as (L & S & K'). apply (covers_nil c). apply E, covers_cons. left. unfold in_span; simpl. lia.
  - exfalso. destruct K as (L & S & K). apply (covers_nil a). apply E, covers_cons. left. unfold in_span; simpl. lia.
  - destruct K as (L & S & K). destruct K' as (L' & S' & K').
    assert (R : forall t, covers r t -> b < t) by (intros t; apply canonical_after_covers; exact K).
    assert (Q : forall t, covers q t -> d < t) by (intros t; apply canonical_after_covers; exact K').
    assert (F : forall t, (a <= t < b \/ covers r t) <-> (c <= t < d \/ covers q t)).
    { intros t. generalize (E t). rewrite !covers_cons. unfold in_span; simpl. tauto. }
    assert (a = c).
    { pose proof (proj1 (F a)) as H1. pose proof (proj2 (F c)) as H2.
      destruct H1 as [H1 | H1]; [lia | | apply Q in H1]; destruct H2 as [H2 | H2]; try lia; apply R in H2; lia. }
    subst c.
    assert (b = d).
    { destruct (Z.lt_trichotomy b d) as [H | [H | H]]; [| exact H |].
      - pose proof (proj2 (F b)) as G. destruct G as [G | G]; [lia | lia | apply R in G; lia].
      - pose proof (proj1 (F d)) as G. destruct G as [G | G]; [lia | lia | apply Q in G; lia]. }
    subst d. f_equal. apply (IH q b b K K').
    intros t. specialize (F t). split; intros C.
    + pose proof (R t C). destruct (proj1 F (or_intror C)); [lia | assumption].
    + pose proof (Q t C). destruct (proj2 F (or_intror C)); [lia | assumption].
Qed.

(** Two canonical lists that hold the same instants are equal: comparing tuples compares sets. *)
Theorem canonical_is_unique : forall l m, canonical l -> canonical m -> (forall t, covers l t <-> covers m t) -> l = m.
Proof. intros l m (low & K) (low' & K') E. exact (canonical_after_unique l m low low' K K' E). Qed.
