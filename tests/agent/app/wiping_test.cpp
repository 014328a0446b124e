// E7: a handheld that is wiped keeps nothing personal and loses no fact, also when it is killed in the middle.
#include "agent/app/wiping.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "shared/core/random.hpp"
#include "tests/agent/app/round.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

const model::WipeId wipe{{7}};
constexpr std::string_view street = "Садовая";

struct Lost : Round {
    core::Status ask() { return life->stores->view().set_locked(true, wipe); }
    core::Status go_on() {
        auto parcels = this->parcels();
        return agent::app::Wiping(*life->stores, life->logbook, life->shift, parcels).go_on();
    }
    bool holds(std::string_view text) const {
        for (const auto* name : {"core.db", "core.db-wal"}) {
            std::ifstream file(dir.file(name), std::ios::binary);
            const std::string content(std::istreambuf_iterator<char>(file), {});
            if (content.find(text) != std::string::npos) return true;
        }
        return false;
    }
    std::ptrdiff_t told() {
        const auto types = life->types();
        return std::count(types.begin(), types.end(), "device.wiped");
    }
    std::vector<core::EventId> unacked() {
        std::vector<core::EventId> ids;
        for (const auto& record : life->stores->outbox().pending(1 << 20, 1000).records)
            ids.push_back(wire::decode_body(wire::decode_fact_record(record)->body)->id);
        return ids;
    }
};

}  // namespace

TEST_CASE("a wipe empties the view, ends the shift, signs the courier out, and says so once") {
    Lost lost;
    REQUIRE(lost.parcels().take({first}));
    REQUIRE(lost.money().take(order, 129'000, "RUB", model::MoneyWay::cash));
    const auto before = lost.unacked();
    REQUIRE(lost.ask());
    REQUIRE(lost.go_on());
    CHECK(lost.work().tasks().empty());
    CHECK_FALSE(lost.life->shift.open());
    CHECK_FALSE(lost.life->shift.courier());
    CHECK_FALSE(lost.holds(street));
    const auto after = lost.unacked();
    REQUIRE(after.size() ==
            before.size() + 2);  // the end of the shift and the answer: custody and money wait before them
    CHECK(std::equal(before.begin(), before.end(), after.begin()));
    CHECK(lost.life->types().back() == "device.wiped");
    REQUIRE(lost.go_on());
    lost.start_again();
    REQUIRE(lost.go_on());
    CHECK(lost.told() == 1);
}

TEST_CASE("what central has of the courier's acts leaves with the wipe, what it has not stays until it has it") {
    Lost lost;
    REQUIRE(lost.parcels().take({first}));
    lost.ack();
    REQUIRE(lost.parcels().take({second}));
    REQUIRE(lost.ask());
    REQUIRE(lost.go_on());
    const auto left = lost.work().done();
    REQUIRE(left.size() == 1);
    CHECK(left.front().id == second);
}

TEST_CASE("a wipe that was taken back and asked again is another one") {
    Lost lost;
    REQUIRE(lost.ask());
    REQUIRE(lost.go_on());
    REQUIRE(lost.life->stores->view().set_locked(false));
    REQUIRE(lost.go_on());
    REQUIRE(lost.life->stores->view().set_locked(true, model::WipeId{{8}}));
    REQUIRE(lost.go_on());
    CHECK(lost.told() == 2);
}

TEST_CASE("killed at any moment of the wipe: the next start ends it, no fact is lost and the answer is one") {
    for (int kill = 0; kill < 30; ++kill) {
        Lost lost;
        REQUIRE(lost.parcels().take({first, second}));
        const auto before = lost.unacked();
        const bool asked = kill % 2 == 0;  // else the kill may come before the request is saved
        if (asked) REQUIRE(lost.ask());
        lost.codes.reset();
        lost.life.reset();
        const auto child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            lost.start_again();
            const bool done = lost.ask() && lost.go_on();
            ::_exit(done ? 0 : 2);
        }
        ::usleep(static_cast<useconds_t>(core::random_below(12'000)));
        ::kill(child, SIGKILL);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE_FALSE((WIFEXITED(status) && WEXITSTATUS(status) != 0));
        lost.start_again();
        if (!lost.life->stores->view().wipe_asked()) REQUIRE(lost.ask());
        REQUIRE(lost.go_on());
        CHECK_FALSE(lost.life->stores->view().wipe_due());
        CHECK_FALSE(lost.holds(street));
        CHECK(lost.work().tasks().empty());
        CHECK_FALSE(lost.life->shift.open());
        CHECK(lost.told() == 1);
        const auto after = lost.unacked();
        REQUIRE(after.size() >= before.size());
        CHECK(std::equal(before.begin(), before.end(), after.begin()));
    }
}
