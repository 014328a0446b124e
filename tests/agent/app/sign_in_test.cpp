#include "agent/app/sign_in.hpp"

#include "shared/wire/hand_codes.hpp"
#include "tests/agent/app/desk.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::app::SignIn;
using Step = SignIn::Step;

namespace {

const wire::BadgeSecret secret{{4}};

agent::store::SignInCheck row_for(const wire::BadgeSecret& badge, std::string_view pin, std::uint8_t salt = 1) {
    return {wire::badge_hash(badge), crypto::make_verifier(pin, crypto::CodeSalt{{salt}})};
}

struct Door : Desk {
    Door() {
        courier.sign_in = row_for(secret, "4821");
        start_again();
    }
    void start_again() {
        restart();
        sign_in.emplace(life->shift, life->stores->outbox(), life->stamps);
    }
    void bind(std::optional<agent::store::SignInCheck> row) {
        courier.sign_in = std::move(row);
        life->shift.bind(courier);
    }
    std::string badge() const { return wire::to_code(wire::Badge{courier.id, secret}); }
    std::optional<SignIn> sign_in;
};

std::string_view refusal(const core::Status& status) { return status ? "" : std::string_view(status.error().message); }

}  // namespace

TEST_CASE("a shift starts after badge and PIN, in this order, and the next one needs them again") {
    Door door;
    auto& in = *door.sign_in;
    CHECK(in.step() == Step::badge);
    CHECK(in.start_shift().error().message == SignIn::no_badge);
    CHECK(refusal(in.pin("4821")) == SignIn::no_badge);
    REQUIRE(in.badge(door.badge()));
    CHECK(in.step() == Step::pin);
    CHECK(in.start_shift().error().message == SignIn::no_pin);
    REQUIRE(in.pin("4821"));
    CHECK(in.step() == Step::start);
    REQUIRE(in.start_shift());
    CHECK(in.step() == Step::not_needed);
    REQUIRE(door.life->shift.end());
    CHECK(in.step() == Step::badge);
}

TEST_CASE("a courier without a badge starts as he always did") {
    Door door;
    door.bind(std::nullopt);
    CHECK(door.sign_in->step() == Step::not_needed);
    CHECK(refusal(door.sign_in->badge(door.badge())) == SignIn::not_asked);
    CHECK(door.sign_in->start_shift());
}

TEST_CASE("another courier's badge, an old one and a misread one are refused with different words") {
    Door door;
    const auto foreign = wire::to_code(wire::Badge{model::CourierId{{9}}, secret});
    CHECK(refusal(door.sign_in->badge(foreign)) == SignIn::foreign_badge);
    const auto old = wire::to_code(wire::Badge{door.courier.id, wire::BadgeSecret{{5}}});
    CHECK(refusal(door.sign_in->badge(old)) == SignIn::old_badge);
    auto misread = door.badge();
    misread.pop_back();
    CHECK_FALSE(door.sign_in->badge(misread));
    CHECK(door.sign_in->step() == Step::badge);
}

TEST_CASE("five wrong PINs lock the start, over a restart too, until the office gives a new PIN") {
    Door door;
    for (int i = 0; i < SignIn::most_tries; ++i) {
        if (i == 2) door.start_again();
        REQUIRE(door.sign_in->badge(door.badge()));
        CHECK(door.sign_in->tries_left() == SignIn::most_tries - i);
        CHECK(refusal(door.sign_in->pin("0000")) == SignIn::wrong_pin);
    }
    CHECK(door.sign_in->step() == Step::locked);
    CHECK(refusal(door.sign_in->pin("4821")) == SignIn::no_tries);
    door.start_again();
    CHECK(refusal(door.sign_in->badge(door.badge())) == SignIn::no_tries);
    CHECK(door.sign_in->start_shift().error().message == SignIn::no_tries);
    door.bind(row_for(secret, "7305", 2));
    REQUIRE(door.sign_in->badge(door.badge()));
    REQUIRE(door.sign_in->pin("7305"));
    CHECK(door.sign_in->start_shift());
}

TEST_CASE("a right PIN gives the tries back") {
    Door door;
    REQUIRE(door.sign_in->badge(door.badge()));
    CHECK_FALSE(door.sign_in->pin("1111"));
    REQUIRE(door.sign_in->pin("4821"));
    CHECK(door.sign_in->tries_left() == SignIn::most_tries);
}

TEST_CASE("a badge that was put away for too long, or replaced meanwhile, has to be scanned again") {
    Door door;
    REQUIRE(door.sign_in->badge(door.badge()));
    door.clock.elapsed += SignIn::holds;
    CHECK(door.sign_in->step() == Step::badge);
    CHECK(refusal(door.sign_in->pin("4821")) == SignIn::no_badge);
    REQUIRE(door.sign_in->badge(door.badge()));
    REQUIRE(door.sign_in->pin("4821"));
    door.bind(row_for(wire::BadgeSecret{{6}}, "4821"));
    CHECK(door.sign_in->start_shift().error().message == SignIn::no_badge);
}

TEST_CASE("a badge is never a fact, whichever way it was scanned") {
    Door door;
    const auto before = door.life->facts().size();
    CHECK(door.life->scanning.scan(core::view_of(door.badge())).error().message == agent::app::Scanning::hand_code);
    REQUIRE(door.sign_in->badge(door.badge()));
    CHECK(door.life->facts().size() == before);
}
