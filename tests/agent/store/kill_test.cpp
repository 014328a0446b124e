// kill -9 at any moment: what append returned is there, and nothing is half there.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <set>

#include "tests/agent/store/store_rig.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

constexpr int kills = 60;
constexpr int longest_life = 25;  // appends before the kill, at most

// Appends until it is killed; tells each event id after append returned.
[[noreturn]] void append_for_ever(StoreRig& rig, int out) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::alarm(60);
    rig.open();
    for (int i = 0;; ++i) {
        rig.time += std::chrono::seconds{3};
        if (i % 3 == 0 && !rig.track().add(rig.fix(), rig.time)) ::_exit(2);
        if (i % 7 == 0 && !rig.track().tick(rig.time, true)) ::_exit(3);
        const auto saved = rig.outbox().append(rig.scan());
        if (!saved) ::_exit(4);
        const auto& id = saved->id.value;
        if (::write(out, id.data(), id.size()) != static_cast<ssize_t>(id.size())) ::_exit(5);
    }
}

bool read_id(int in, core::EventId& id) {
    std::size_t have = 0;
    while (have < id.value.size()) {
        const auto got = ::read(in, id.value.data() + have, id.value.size() - have);
        if (got <= 0) return false;
        have += static_cast<std::size_t>(got);
    }
    return true;
}

// One life of a process; adds the ids it told of.
void one_life(StoreRig& rig, int appends, std::set<core::EventId>& told) {
    std::array<int, 2> pipe{};
    REQUIRE(::pipe(pipe.data()) == 0);
    rig.close();
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) append_for_ever(rig, pipe[1]);
    ::close(pipe[1]);
    core::EventId id;
    for (int i = 0; i < appends; ++i) {
        REQUIRE(read_id(pipe[0], id));
        told.insert(id);
    }
    ::kill(child, SIGKILL);
    while (read_id(pipe[0], id)) told.insert(id);  // told before the signal came
    ::close(pipe[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    rig.time += std::chrono::hours{1};
}

}  // namespace

TEST_CASE("I1 I4: after 60 kills every fact whose append returned is there, integrity holds and the chain is whole") {
    StoreRig rig;
    std::set<core::EventId> told;
    for (int life = 0; life < kills; ++life) {
        one_life(rig, 1 + static_cast<int>(core::random_below(longest_life)), told);
        rig.open();
        CHECK(rig.stores->core_database().check_integrity().ok());
        const auto records = rig.pending();
        CHECK(chain_is_whole(records, rig.key.public_key()));
        std::set<core::EventId> here;
        for (const auto& record : records) here.insert(fact_of(record).id);
        CHECK(here.size() == records.size());
        CHECK(records.size() == rig.outbox().extent().max);
        // At most the one that was being saved was never told.
        CHECK(here.size() >= told.size());
        CHECK(here.size() <= told.size() + static_cast<std::size_t>(life) + 1);
        for (const auto& id : told) CHECK(here.contains(id));
    }
    CHECK(rig.outbox().ancestors().empty());
}
