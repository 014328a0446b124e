#include <doctest/doctest.h>

#include "hands.hpp"

using namespace plus7::test;
using plus7::model::CaseReason;
using plus7::model::Custody;
using plus7::model::Effect;
using plus7::model::Half;
using plus7::model::Standing;
using plus7::model::undo;
using plus7::model::Verdict;

namespace {

Verdict take(Custody& custody, const plus7::model::Handover& fact) { return plus7::model::apply(custody, fact); }
Verdict plain(Effect effect) { return {effect, CaseReason::none, false, false}; }

}  // namespace

TEST_CASE("a parcel is the seller's until somebody takes it") {
    const Custody fresh;
    CHECK(fresh.holder == seller);
    CHECK(fresh.version == 0);
}

TEST_CASE("K2: a regular move from the holder, known to be current, moves the parcel by one version") {
    Custody custody;
    CHECK(take(custody, moved(1, 0, seller, depot)) == plain(Effect::applied));
    CHECK(take(custody, moved(2, 1, depot, anna)) == plain(Effect::applied));
    CHECK(take(custody, moved(3, 2, anna, customer)) == plain(Effect::applied));
    CHECK(custody.holder == customer);
    CHECK(custody.version == 3);
}

TEST_CASE("both sides of a handover scan it: the second is its witness, whoever comes first") {
    auto custody = way({depot});
    CHECK(take(custody, moved(1, 1, depot, anna)) == plain(Effect::applied));
    CHECK(take(custody, moved(2, 1, depot, anna, "other")) == plain(Effect::joined));
    CHECK(custody.holder == anna);
    CHECK(custody.missing == 0);
}

TEST_CASE("K3: a transfer is done when both halves are in, and until then the giver holds the parcel") {
    for (const auto first : {Half::give, Half::take}) {
        auto custody = way({depot, anna});
        const auto second = first == Half::give ? Half::take : Half::give;
        CHECK(take(custody, half(1, 2, first, 1, anna, boris)) == plain(Effect::half));
        CHECK(custody.holder == anna);
        CHECK(custody.in_transfer());
        CHECK(take(custody, half(2, 2, second, 1, anna, boris)) == plain(Effect::applied));
        CHECK(custody.holder == boris);
        CHECK_FALSE(custody.in_transfer());
    }
}

TEST_CASE("K3: who delivers what he took shows that the transfer happened; the late half is its witness") {
    auto custody = way({depot, anna});
    take(custody, half(1, 2, Half::take, 1, anna, boris));
    const auto delivered = take(custody, moved(2, 2, boris, customer, "taker"));
    CHECK(delivered == plain(Effect::applied));
    CHECK_FALSE(custody.in_transfer());
    CHECK(take(custody, half(3, 2, Half::give, 1, anna, boris)).effect == Effect::joined);
    CHECK(custody.holder == customer);
    CHECK_FALSE(custody.in_transfer());
}

TEST_CASE("K3: halves that name other people are no transfer") {
    auto custody = way({depot, anna});
    take(custody, half(1, 2, Half::give, 1, anna, boris));
    CHECK(take(custody, half(2, 2, Half::take, 1, anna, holder(plus7::model::HolderKind::courier, 3))).reason ==
          CaseReason::transfer_differs);
    CHECK(custody.holder == anna);
}

TEST_CASE("K5: the first delivery is the state, another courier's is evidence and a case") {
    auto custody = way({depot, anna, customer});
    CHECK(take(custody, moved(1, 2, boris, customer)) ==
          Verdict{Effect::disputed, CaseReason::two_deliveries, false, false});
    CHECK(custody.version == 3);
    CHECK(custody.steps.back().from == anna);
}

TEST_CASE("the same delivery told twice is no dispute") {
    auto custody = way({depot, anna, customer});
    CHECK(take(custody, moved(1, 2, anna, customer)) == plain(Effect::joined));
    CHECK(take(custody, moved(2, 3, anna, customer)) == plain(Effect::joined));
}

TEST_CASE("K6: what lies behind the state goes into history, whenever it comes") {
    auto custody = way({depot});
    take(custody, moved(1, 1, anna, point, "point"));
    take(custody, moved(2, 2, point, boris, "point"));
    CHECK(take(custody, moved(3, 1, depot, anna, "depot")) == plain(Effect::late));
    CHECK(custody.holder == boris);
    CHECK(custody.missing == 0);
}

TEST_CASE("two stories that are equally likely: the newer one is the state, and it is said that it is unclear") {
    auto custody = way({depot, anna, depot, boris});
    CHECK(take(custody, moved(1, 2, anna, point)).effect == Effect::applied);
    CHECK_FALSE(custody.is_clear);
    CHECK(custody.holder == point);
    take(custody, moved(2, 2, point, anna, "point"));
    CHECK(custody.is_clear);
    CHECK(custody.holder == boris);
}

TEST_CASE("K7: a delivery before any pick-up is accepted, the missing step inferred, until its own fact comes") {
    auto custody = way({depot});
    CHECK(take(custody, moved(1, 1, anna, customer)) == Verdict{Effect::applied, CaseReason::none, true, false});
    CHECK(custody.holder == customer);
    CHECK(custody.missing == 1);
    CHECK(take(custody, moved(2, 1, depot, anna, "other")) == plain(Effect::late));
    CHECK(custody.missing == 0);
    CHECK(custody.holder == customer);
}

TEST_CASE("K7: a way through several hands fills in, in whatever order its facts come") {
    auto custody = way({depot});
    CHECK(take(custody, half(1, 1, Half::take, 1, anna, boris)).effect == Effect::half);
    CHECK(take(custody, moved(2, 1, boris, customer, "taker")).effect == Effect::applied);
    CHECK(custody.missing == 1);
    CHECK(take(custody, half(3, 1, Half::give, 1, anna, boris)).effect == Effect::joined);
    CHECK(take(custody, moved(4, 1, depot, anna, "depot")).effect == Effect::late);
    CHECK(custody.missing == 0);
    CHECK(custody.holder == customer);
}

TEST_CASE("the evening scan of a depot that never heard of the way out brings the parcel back") {
    auto custody = way({depot});
    CHECK(take(custody, moved(1, 1, anna, depot)).inferred);
    CHECK(custody.holder == depot);
    CHECK(take(custody, moved(2, 1, depot, anna, "other")) == plain(Effect::late));
    CHECK(custody.missing == 0);
    CHECK(custody.holder == depot);
}

TEST_CASE("K8, K9: a blocked courier's act counts when he could not know, and is evidence when he could") {
    auto custody = way({depot, anna});
    auto fact = moved(1, 2, anna, customer);
    fact.standing = Standing::blocked_aware;
    CHECK(take(custody, fact) == Verdict{Effect::evidence, CaseReason::blocked_courier, false, false});
    CHECK(custody.holder == anna);
    fact.standing = Standing::blocked_unaware;
    CHECK(take(custody, fact) == Verdict{Effect::applied, CaseReason::none, false, true});
    CHECK(custody.holder == customer);
}

TEST_CASE("K11: a mistaken delivery is taken back, both stay visible, and it can be delivered again") {
    auto custody = way({depot, anna});
    take(custody, moved(1, 2, anna, customer));
    CHECK(undo(custody, event(1)) == plain(Effect::applied));
    CHECK(custody.holder == anna);
    CHECK(custody.version == 4);
    CHECK(custody.steps[2].undone);
    CHECK(undo(custody, event(1)) == plain(Effect::joined));
    CHECK(take(custody, moved(4, 4, anna, customer)) == plain(Effect::applied));
    CHECK(custody.holder == customer);
}

TEST_CASE(
    "K11: what the parcel's further way stands on can be taken back, but a human is asked; what never was cannot") {
    auto custody = way({depot, anna, point});
    CHECK(undo(custody, event(9)).reason == CaseReason::undo_of_nothing);
    CHECK(undo(custody, event(1001)) == Verdict{Effect::applied, CaseReason::undo_contested, true, false});
    CHECK(custody.holder == point);
}

TEST_CASE("K11: a half that waits can be taken back") {
    auto custody = way({depot, anna});
    take(custody, half(1, 2, Half::give, 1, anna, boris));
    CHECK(undo(custody, event(1)) == plain(Effect::applied));
    CHECK_FALSE(custody.in_transfer());
    CHECK(custody.holder == anna);
}

TEST_CASE("a delivery by somebody from whom the parcel had gone is the state, and a case") {
    auto custody = way({depot, anna, depot});
    CHECK(take(custody, moved(1, 2, anna, customer)) == Verdict{Effect::applied, CaseReason::none, true, false});
    CHECK_FALSE(custody.is_clear);
    CHECK(custody.holder == customer);
}

TEST_CASE("what leaves the customer again is recorded, and a case") {
    auto custody = way({depot, anna, customer});
    CHECK(take(custody, moved(1, 3, customer, anna)) == Verdict{Effect::applied, CaseReason::irregular, false, false});
    CHECK(custody.holder == anna);
}

TEST_CASE("a move from somebody to himself, or of a kind of holder that is not known here, is evidence") {
    auto custody = way({depot});
    CHECK(take(custody, moved(1, 1, depot, depot)).effect == Effect::evidence);
    CHECK(take(custody, moved(2, 1, depot, holder(plus7::model::HolderKind::unknown))).effect == Effect::evidence);
    CHECK(custody.version == 1);
}

TEST_CASE("a parcel may change hands as often as it does: 200 handovers, each told by both sides, end where it is") {
    plus7::model::Custody custody;
    auto from = plus7::test::seller;
    std::uint64_t id = 1;
    for (int hand = 0; hand < 200; ++hand) {
        const auto to = hand % 2 == 0 ? depot : hand % 4 == 1 ? anna : boris;
        const auto knew = custody.version;
        CHECK(take(custody, moved(id++, knew, from, to, "giver")).effect == Effect::applied);
        CHECK(take(custody, moved(id++, knew, from, to, "taker")).effect == Effect::joined);
        from = to;
    }
    CHECK(custody.holder == from);
    CHECK(custody.missing == 0);
    CHECK(custody.is_clear);
    CHECK(custody.way.size() == 400);
}

TEST_CASE("a long story of which one step from the middle comes late is put in order") {
    plus7::model::Custody custody;
    auto from = plus7::test::seller;
    for (std::uint64_t hand = 0; hand < 100; ++hand) {
        const auto to = hand % 2 == 0 ? depot : anna;
        if (hand != 50) take(custody, moved(1 + hand, custody.version, from, to, "way"));
        from = to;
    }
    CHECK(custody.missing == 1);
    take(custody, moved(500, 50, anna, depot, "late"));
    CHECK(custody.missing == 0);
    CHECK(custody.holder == anna);
}
