// What the page and the command line are told of the courier's work.
#include "agent/handheld/work_json.hpp"

#include <nlohmann/json.hpp>

#include "tests/agent/app/round.hpp"

using namespace plus7;
using namespace plus7::test;

TEST_CASE("after the shift the list names no person and no address; in the next one it does again") {
    Round round;
    const auto task = [&] {
        const bool at_work = round.life->shift.open().has_value();
        const auto work = agent::handheld::work_json(round.work(), *round.codes, round.self(), at_work);
        return nlohmann::json::parse(work).at("tasks").at(0);
    };
    CHECK(task().at("name") == "Ольга");
    CHECK(task().at("address") == "ул. Садовая, 14");
    REQUIRE(round.life->shift.end());
    for (const auto* personal : {"name", "phone", "address", "entrance", "floor", "intercom", "comment"})
        CHECK(task().at(personal) == "");
    CHECK(task().at("place").is_null());
    CHECK(task().at("number") == "A-10001");
    REQUIRE(round.life->shift.start());
    CHECK(task().at("name") == "Ольга");
}
