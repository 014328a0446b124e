// Two couriers' handhelds beside each other, with no network between them and central.
#include "agent/app/transfers.hpp"

#include "agent/app/scan_screen.hpp"
#include "tests/agent/app/round.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::app::ParcelIds;
using agent::app::Transfers;

namespace {

struct Rider : Round {
    Rider() { open(); }
    explicit Rider(const agent::app::Courier& who) : Round(who) { open(); }
    void open() {
        parcels_here.emplace(parcels());
        transfers.emplace(*parcels_here, life->stores->outbox(), life->stamps, life->shift);
    }
    void new_life() {
        start_again();
        open();
    }
    bool knows(const model::ParcelId& id) { return parcels().work().parcel(id).has_value(); }
    std::optional<Parcels> parcels_here;
    std::optional<Transfers> transfers;
};

const agent::app::Courier colleague{model::CourierId{{4, 5, 6}}, "C-018", {}, {}};

// The giver has both parcels of the order on board; the taker knows nothing of it.
struct Meeting {
    Meeting() : taker(colleague) {
        taker.tell(north, 1, false);
        REQUIRE(giver.parcels().take({first, second}));
    }
    // The whole way, as two people do it.
    void hand_on() {
        REQUIRE(giver.transfers->hear(taker.transfers->invite().value()));
        REQUIRE(giver.transfers->give({first, second}));
        REQUIRE(taker.transfers->receive(giver.transfers->goods(order).value()));
    }
    model::Holder with(Rider& rider, const model::ParcelId& id) { return rider.holder_of(id); }
    Rider giver, taker;
};

template <typename T>
std::string_view refusal(const core::Result<T>& result) {
    return result ? "" : std::string_view(result.error().message);
}
std::string_view refusal(const core::Status& status) { return status ? "" : std::string_view(status.error().message); }

wire::Fact newest(Rider& rider) { return rider.life->facts().back(); }

}  // namespace

TEST_CASE("two handhelds hand parcels on: both facts name one transfer, and the taker can go on with the order") {
    Meeting met;
    met.hand_on();
    CHECK(met.with(met.giver, first) == met.taker.self());
    CHECK(met.with(met.taker, first) == met.taker.self());
    const auto give = newest(met.giver), take = newest(met.taker);
    CHECK(give.about.transfer.has_value());
    CHECK(give.about.transfer == take.about.transfer);
    CHECK(give.about.parcel == take.about.parcel);
    const auto given = wire::decode_data<model::HandedOver>(give.data).value();
    const auto taken = wire::decode_data<model::HandedOver>(take.data).value();
    CHECK(given.half == model::Half::give);
    CHECK(taken.half == model::Half::take);
    CHECK(given.from == met.giver.self());
    CHECK(taken.from == met.giver.self());
    CHECK(given.to == taken.to);

    const auto task = met.taker.parcels().work().task(order);
    REQUIRE(task);
    CHECK(task->is_planned);
    CHECK(task->address == "ул. Садовая, 14");
    REQUIRE(met.taker.codes->check(order, "012345"));
    REQUIRE(met.taker.parcels().deliver({first, second}, {}));
    CHECK(met.with(met.taker, second) == customer);
}

TEST_CASE("what a colleague gave is still there after the battery was pulled") {
    Meeting met;
    met.hand_on();
    met.taker.new_life();
    CHECK(met.with(met.taker, first) == met.taker.self());
    CHECK(met.taker.parcels().work().task(order)->number == "A-10001");
    met.giver.new_life();
    CHECK(met.giver.transfers->goods(order).ok());  // the code can be shown again
}

TEST_CASE("the same goods scanned twice are taken once") {
    Meeting met;
    met.hand_on();
    const auto facts = met.taker.life->facts().size();
    const auto again = met.taker.transfers->receive(met.giver.transfers->goods(order).value());
    REQUIRE(again);
    CHECK(again->parcels == 0);
    CHECK(met.taker.life->facts().size() == facts);
}

TEST_CASE("goods for another colleague, or under an invitation of yesterday, take nothing") {
    Meeting met;
    const auto invitation = met.taker.transfers->invite().value();
    REQUIRE(met.giver.transfers->hear(invitation));
    REQUIRE(met.giver.transfers->give({first, second}));
    const auto code = met.giver.transfers->goods(order).value();
    Rider third({model::CourierId{{7}}, "C-019", {}, {}});
    REQUIRE(third.transfers->invite());
    CHECK(refusal(third.transfers->receive(code)) == Transfers::not_for_us);
    met.taker.clock.elapsed += Transfers::invited_for;
    const auto facts = met.taker.life->facts().size();
    CHECK(refusal(met.taker.transfers->receive(code)) == Transfers::not_for_us);
    CHECK(met.taker.life->facts().size() == facts);
    CHECK_FALSE(met.taker.knows(first));
}

TEST_CASE("an invitation that was opened anew meanwhile still takes what was given under the one before") {
    Meeting met;
    REQUIRE(met.giver.transfers->hear(met.taker.transfers->invite().value()));
    REQUIRE(met.taker.transfers->invite());
    met.taker.new_life();
    REQUIRE(met.giver.transfers->give({first}));
    CHECK(met.taker.transfers->receive(met.giver.transfers->goods(order).value()));
}

TEST_CASE("nothing is given without a colleague's code, to oneself, by somebody else than who has it, or at a point") {
    Meeting met;
    CHECK(refusal(met.giver.transfers->give({first})) == Transfers::no_colleague);
    CHECK(refusal(met.giver.transfers->hear(met.giver.transfers->invite().value())) == Transfers::own_code);
    CHECK_FALSE(met.giver.transfers->hear("P7TNONSENSE"));
    REQUIRE(met.giver.transfers->hear(met.taker.transfers->invite().value()));
    REQUIRE(met.giver.parcels().hand_back({second}, north.id));
    CHECK(refusal(met.giver.transfers->give({second})) == Parcels::not_on_board);
    CHECK(refusal(met.giver.transfers->goods(order)) == Transfers::nothing_given);
    met.giver.clock.elapsed += Transfers::heard_for;
    CHECK(refusal(met.giver.transfers->give({first})) == Transfers::no_colleague);

    Rider clerk({model::CourierId{{8}}, "P-001", model::Holder{HolderKind::point, model::HolderId{{7}}}, {}});
    CHECK(refusal(clerk.transfers->invite()) == Transfers::only_couriers);
}

TEST_CASE("a gift is taken back within ten minutes while the colleague has not scanned it") {
    Meeting met;
    REQUIRE(met.giver.transfers->hear(met.taker.transfers->invite().value()));
    REQUIRE(met.giver.transfers->give({first, second}));
    REQUIRE(met.giver.parcels().undo({first, second}));
    CHECK(met.with(met.giver, first) == met.giver.self());
    CHECK(refusal(met.giver.transfers->goods(order)) == Transfers::nothing_given);
}

TEST_CASE("while central knows one half alone and goes on naming the giver, the taker keeps what he took") {
    Meeting met;
    met.hand_on();
    met.taker.ack();
    met.taker.tell(met.giver.self(), 5);
    CHECK(met.with(met.taker, first) == met.taker.self());
    met.giver.ack();
    met.giver.tell(met.giver.self(), 5);
    CHECK(met.with(met.giver, first) == met.taker.self());
    met.taker.tell(met.taker.self(), 6);
    met.giver.tell(met.taker.self(), 6);
    CHECK(met.with(met.taker, first) == met.taker.self());
    CHECK(met.with(met.giver, first) == met.taker.self());
}

TEST_CASE("a parcel goes to a colleague and comes back to who gave it, all of it before central hears of anything") {
    Meeting met;
    met.hand_on();
    REQUIRE(met.taker.transfers->hear(met.giver.transfers->invite().value()));
    REQUIRE(met.taker.transfers->give({first, second}));
    REQUIRE(met.giver.transfers->receive(met.taker.transfers->goods(order).value()));
    CHECK(met.with(met.giver, first) == met.giver.self());
    CHECK(met.with(met.taker, first) == met.giver.self());
    met.giver.ack();
    met.giver.tell(met.giver.self(), 9);
    CHECK(met.with(met.giver, first) == met.giver.self());
}

TEST_CASE("central's word about an order takes the place of the colleague's") {
    Meeting met;
    met.hand_on();
    met.taker.tell(met.taker.self(), 9);
    CHECK(met.taker.parcels().work().task(order)->due_minor == 129'000);
    met.taker.tell(north, 10, false);  // and it left the list
    CHECK_FALSE(met.taker.parcels().work().task(order).has_value());
}

TEST_CASE("after a lock nothing of what a colleague told is readable") {
    Meeting met;
    met.hand_on();
    auto& view = met.taker.life->stores->view();
    REQUIRE(view.set_locked(true));
    REQUIRE(view.wipe());
    CHECK_FALSE(met.taker.parcels().work().task(order).has_value());
    CHECK(view.rows(wire::RowKind::recipient).empty());
}

TEST_CASE("on the page a badge shows nothing of itself, a colleague's code his name, and neither becomes a fact") {
    Meeting met;
    auto& life = *met.giver.life;
    agent::app::SignIn sign_in(life.shift, life.stores->outbox(), life.stamps);
    agent::app::ScanScreen screen({life.scanning, *met.giver.parcels_here, sign_in, *met.giver.transfers,
                                   *met.giver.codes, life.floor, life.stamps});
    const auto facts = life.facts().size();
    const auto badge = wire::to_code(wire::Badge{met.giver.courier.id, wire::BadgeSecret{{3}}});
    CHECK(screen.scan(core::view_of(badge)).kind == wire::HandCode::badge);
    CHECK(screen.last()->code.empty());
    CHECK(screen.last()->why == agent::app::SignIn::not_asked);
    const auto& heard = screen.scan(core::view_of(met.taker.transfers->invite().value()));
    CHECK(heard.outcome == agent::app::ScanOutcome::good);
    CHECK(heard.code == "C-018");
    CHECK(life.facts().size() == facts);
}

TEST_CASE("an order is found by its number, or by the digits of it, when no barcode is so") {
    Meeting met;
    auto& life = *met.giver.life;
    agent::app::SignIn sign_in(life.shift, life.stores->outbox(), life.stamps);
    agent::app::ScanScreen screen({life.scanning, *met.giver.parcels_here, sign_in, *met.giver.transfers,
                                   *met.giver.codes, life.floor, life.stamps});
    for (const auto* typed : {"A-10001", "10001"}) {
        const auto& found = screen.scan(core::view_of(typed));
        CHECK(found.outcome == agent::app::ScanOutcome::good);
        CHECK(found.order == order);
    }
    CHECK(screen.scan(core::view_of("0001")).outcome == agent::app::ScanOutcome::unexpected);
    screen.set_mode(agent::app::ScanMode::take);
    CHECK(screen.scan(core::view_of("10001")).outcome == agent::app::ScanOutcome::unexpected);
}

TEST_CASE("the recipient's QR is his code, scanned: counted as a try when wrong, and told as a QR when right") {
    Meeting met;
    auto& life = *met.giver.life;
    agent::app::SignIn sign_in(life.shift, life.stores->outbox(), life.stamps);
    agent::app::ScanScreen screen({life.scanning, *met.giver.parcels_here, sign_in, *met.giver.transfers,
                                   *met.giver.codes, life.floor, life.stamps});
    const auto scan = [&](const model::OrderId& which, const char* code) {
        return screen.scan(core::view_of(wire::to_code(wire::RecipientCode{which, code})));
    };
    CHECK(scan(model::OrderId{{77}}, "012345").why == agent::app::Codes::no_code);
    CHECK(scan(order, "999999").why == agent::app::Codes::wrong_code);
    CHECK(met.giver.codes->tries_left(order) == agent::app::Codes::most_tries - 1);
    const auto right = scan(order, "012345");
    CHECK(right.outcome == agent::app::ScanOutcome::good);
    CHECK(right.order == order);
    CHECK(right.code.empty());
    REQUIRE(met.giver.parcels().deliver({first}, {}));
    const auto fact = newest(met.giver);
    const auto data = wire::decode_data<model::HandedOver>(fact.data).value();
    REQUIRE(data.proofs.size() == 1);
    CHECK(data.proofs[0].kind == model::ProofKind::recipient_qr);
    CHECK(data.proofs[0].commitment == crypto::commit_code(commit_key, fact.id, "012345"));
}
