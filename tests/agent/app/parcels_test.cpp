#include "tests/agent/app/round.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::app::ParcelIds;

namespace {

std::string_view refusal(const Parcels::Saved& saved) { return saved ? "" : std::string_view(saved.error().message); }

}  // namespace

TEST_CASE("parcels are taken, handed over, and each is a fact about its parcel with what was known of it") {
    Round round;
    auto parcels = round.parcels();
    REQUIRE(parcels.take({first, second}));
    CHECK(round.holder_of(first) == round.self());
    REQUIRE(parcels.deliver({first}, {{model::ProofKind::signature, core::Hash{{7}}, {}}}));
    CHECK(round.holder_of(first) == customer);
    CHECK(round.holder_of(second) == round.self());
    const auto facts = round.life->facts();
    REQUIRE(facts.size() == 4);
    CHECK(facts[3].type == "parcel.handover");
    CHECK(facts[3].about.parcel == first);
    CHECK(facts[3].about.order == order);
    CHECK(facts[3].about.custody_version == 1);
    CHECK(facts[3].who.courier == round.courier.id);
    const auto data = wire::decode_data<model::HandedOver>(facts[3].data).value();
    CHECK(data.from == round.self());
    CHECK(data.to == customer);
    CHECK(data.proofs.size() == 1);
    CHECK(data.visit.has_value());
}

TEST_CASE("a hand-over needs every proof that the order asks for, and says which is missing") {
    Round round;
    round.proof = {model::ProofKind::code, model::ProofKind::signature, model::ProofKind::photo,
                   model::ProofKind::document};
    round.tell();
    auto parcels = round.parcels();
    REQUIRE(parcels.take({first}));
    std::vector<model::Proof> shown;
    CHECK(refusal(parcels.deliver({first}, shown)) == Parcels::needs_code);
    shown.push_back({model::ProofKind::code, {}, core::Hash{{9}}});  // a claim is no code
    CHECK(refusal(parcels.deliver({first}, shown)) == Parcels::needs_code);
    REQUIRE(round.codes->check(order, "012345"));
    CHECK(refusal(parcels.deliver({first}, shown)) == Parcels::needs_signature);
    shown.push_back({model::ProofKind::signature, core::Hash{{1}}, {}});
    CHECK(refusal(parcels.deliver({first}, shown)) == Parcels::needs_picture);
    shown.push_back({model::ProofKind::photo, core::Hash{{2}}, {}});
    CHECK(refusal(parcels.deliver({first}, shown)) == Parcels::needs_document);
    shown.push_back({model::ProofKind::document, {}, {}});
    REQUIRE(parcels.deliver({first}, shown));
    const auto fact = round.life->facts().back();
    const auto data = wire::decode_data<model::HandedOver>(fact.data).value();
    REQUIRE(data.proofs.size() == 4);
    CHECK(data.proofs[0].kind == model::ProofKind::code);
    CHECK(data.proofs[0].commitment == crypto::commit_code(commit_key, fact.id, "012345"));
}

TEST_CASE("five wrong codes are all there are, also over a restart; a right one makes the count begin anew") {
    Round round;
    for (int i = 0; i < 3; ++i) CHECK(round.codes->check(order, "999999").error().message == Codes::wrong_code);
    CHECK(round.codes->tries_left(order) == 2);
    REQUIRE(round.codes->check(order, "012345"));
    CHECK(round.codes->knows(order));
    CHECK(round.codes->tries_left(order) == 5);
    for (int i = 0; i < 5; ++i) {
        CHECK(round.codes->check(order, "999999").error().message == Codes::wrong_code);
        round.start_again();
    }
    CHECK_FALSE(round.codes->knows(order));
    CHECK(round.codes->check(order, "012345").error().message == Codes::no_tries);
    CHECK(round.codes->check(model::OrderId{{77}}, "012345").error().message == Codes::no_code);
}

TEST_CASE("what cannot be is refused with a clear word, and no fact is made") {
    Round round;
    auto parcels = round.parcels();
    CHECK(refusal(parcels.deliver({first}, {})) == Parcels::not_on_board);
    CHECK(refusal(parcels.take({model::ParcelId{{99}}})) == Parcels::no_parcel);
    CHECK(refusal(parcels.take({})) == Parcels::no_parcel);
    REQUIRE(parcels.take({first}));
    CHECK(refusal(parcels.take({second, first})) == Parcels::has_it);
    CHECK(round.holder_of(second) == north);  // all or none
    CHECK(refusal(parcels.fail({first}, {"moon", 0, {}})) == Parcels::no_reason);
    CHECK(refusal(parcels.fail({first}, {"wrong_address", 1, {}})) == Parcels::needs_photo);
    CHECK(refusal(parcels.fail({first}, {"no_answer", 1, {}})) == Parcels::needs_calls);
    CHECK(refusal(parcels.hand_back({first}, model::HolderId{{5}})) == Parcels::no_site);
    CHECK(round.life->types() == std::vector<std::string>{"shift.started", "parcel.handover"});
    REQUIRE(round.life->shift.end());
    CHECK(refusal(parcels.take({second})) == Parcels::no_shift);
}

TEST_CASE("a failed attempt and the way back to the north are facts as well") {
    Round round;
    auto parcels = round.parcels();
    REQUIRE(parcels.take({first, second}));
    REQUIRE(parcels.fail({first}, {"no_answer", 2, {core::Hash{{4}}}}));
    CHECK(parcels.work().parcel(first)->last_act()->reason == "no_answer");
    CHECK(round.holder_of(first) == round.self());
    REQUIRE(parcels.hand_back({first}, north.id));
    CHECK(round.holder_of(first) == north);
}

TEST_CASE("the last act can be taken back within ten minutes, once, and later only the dispatcher can") {
    Round round;
    auto parcels = round.parcels();
    REQUIRE(parcels.take({first}));
    REQUIRE(parcels.deliver({first}, {}));
    const auto delivered = round.life->facts().back().id;
    round.clock.elapsed += 9min;
    REQUIRE(parcels.undo({first}));
    CHECK(wire::decode_data<model::Corrected>(round.life->facts().back().data)->event == delivered);
    CHECK(round.holder_of(first) == round.self());
    REQUIRE(parcels.deliver({first}, {}));
    round.clock.elapsed += 11min;
    CHECK(refusal(parcels.undo({first})) == Parcels::too_late);
    CHECK(refusal(parcels.undo({second})) == Parcels::nothing_to_undo);
}

TEST_CASE("own acts count over the view until central has answered them and told what came of them") {
    Round round;
    auto parcels = round.parcels();
    REQUIRE(parcels.take({first}));
    round.tell(north, 1);  // a view made before it came there
    CHECK(round.holder_of(first) == round.self());
    round.tell(north, 2);  // somebody else's act, ours is still on its way
    CHECK(round.holder_of(first) == round.self());
    round.ack();
    round.tell(north, 3);  // now central knows ours, and says something else: it has the last word
    CHECK(round.holder_of(first) == north);
}

TEST_CASE("what is delivered and gone from the list can still be taken back, also after a restart") {
    Round round;
    REQUIRE(round.parcels().take({first}));
    REQUIRE(round.parcels().deliver({first}, {}));
    round.ack();
    round.tell({}, 0, false);
    CHECK(round.parcels().work().tasks().empty());
    round.start_again();
    const auto gone = round.parcels().work().done();
    REQUIRE(gone.size() == 1);
    CHECK(gone[0].codes == std::vector<std::string>{"A-10001-1"});
    REQUIRE(round.parcels().work().with_code("A-10001-1").size() == 1);
    REQUIRE(round.parcels().undo({first}));
    CHECK(round.holder_of(first) == round.self());
}

TEST_CASE("a renewed code is tried anew, and the old one is over as soon as the handheld hears of it") {
    Round round;
    for (int i = 0; i < 5; ++i) CHECK_FALSE(round.codes->check(order, "999999"));
    CHECK(round.codes->check(order, "012345").error().message == Codes::no_tries);
    const wire::VerifierRow renewed{crypto::make_verifier("654321", crypto::CodeSalt{{7}}), commit_key};
    wire::ViewPart part;
    part.delta.from = round.view;
    part.delta.to = ++round.view;
    part.delta.put.push_back(Round::row(wire::RowKind::verifier, order.value, wire::encode(renewed), round.view));
    REQUIRE(round.life->stores->view().take(part));
    CHECK(round.codes->tries_left(order) == 5);
    CHECK(round.codes->check(order, "012345").error().message == Codes::wrong_code);
    CHECK(round.codes->tries_left(order) == 4);
    round.start_again();
    CHECK(round.codes->tries_left(order) == 4);
    CHECK(round.codes->check(order, "654321"));
    CHECK(round.codes->tries_left(order) == 5);
}

TEST_CASE("parcels that are gone are forgotten once central knows everything and a day has passed") {
    Round round;
    REQUIRE(round.parcels().take({first}));
    round.tell({}, 0, false);
    const auto tomorrow = round.now() + 25h;
    CHECK(round.parcels().work().forgettable(tomorrow).empty());  // not acked
    round.ack();
    CHECK(round.parcels().work().forgettable(round.now() - 1h).empty());
    const auto names = round.parcels().work().forgettable(tomorrow);
    REQUIRE(names.size() == 1);
    REQUIRE(round.life->stores->outbox().drop_notes(names));
    CHECK(round.parcels().work().done().empty());
    CHECK(round.life->shift.open());  // its note is another one
}

TEST_CASE("the list is in the dispatcher's order, with parcels and recipient") {
    Round round;
    const auto tasks = round.parcels().work().tasks();
    REQUIRE(tasks.size() == 1);
    CHECK(tasks[0].number == "A-10001");
    CHECK(tasks[0].address == "ул. Садовая, 14");
    REQUIRE(tasks[0].parcels.size() == 2);
    CHECK(tasks[0].parcels[1].codes[0] == "A-10001-2");
    CHECK(round.parcels().work().sites().at(0).name == "Северный");
}

TEST_CASE("an attempt says when the recipient wants the next one, which lies ahead and not beyond two weeks") {
    Round round;
    REQUIRE(round.parcels().take({first}));
    const model::AttemptFailed::Again evening{round.now() + 6h, round.now() + 9h};
    const auto fail = [&](model::AttemptFailed::Again again) {
        return round.parcels().fail({first}, {"rescheduled", 0, {}, again});
    };
    CHECK(fail({round.now() - 3h, round.now()}).error().message == Parcels::bad_again);
    CHECK(fail({evening.to, evening.from}).error().message == Parcels::bad_again);
    CHECK(fail({round.now(), round.now() + 15 * 24h}).error().message == Parcels::bad_again);
    CHECK(round.life->types().back() == "parcel.handover");
    REQUIRE(fail(evening));
    CHECK(wire::decode_data<model::AttemptFailed>(round.life->facts().back().data)->again == evening);
    CHECK(round.parcels().work().parcel(first)->last_act()->again == evening);
    CHECK(round.holder_of(first) == round.self());
}
