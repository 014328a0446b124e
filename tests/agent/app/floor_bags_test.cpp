#include "tests/agent/app/worker.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

const model::BagId bag{{17}};

// A closed bag for Anna with the parcels 1 – 3, which lie here.
void pack(Worker& worker, const model::Holder& holder = north) {
    for (const auto n : three) {
        worker.rows[n] = planned(n, anna, holder);
        worker.rows[n].bag = bag;
    }
    worker.bags[bag] = {"BAG-10001", FloorGoal::courier, model::HolderId{anna.value}, true, 3};
    worker.tell();
}

}  // namespace

TEST_CASE("a closed bag is handed out by one scan: a fact for each parcel, all saved in one, and taken back in one") {
    Worker worker;
    pack(worker);
    worker.begin(FloorTask::hand_out, {}, anna);
    CHECK(worker.scan("BAG-10001") == FloorWord::bag_handed);
    CHECK(worker.floor().last()->bag->moved == 3);
    CHECK(worker.floor().last()->bag->gone == 0);
    CHECK(worker.moves() == 3);
    CHECK(worker.last_move().from == north);
    CHECK(worker.last_move().to == with(anna));
    CHECK(worker.last_move().bag == bag);
    for (const auto n : three) CHECK(worker.known(n).holder == with(anna));
    CHECK(worker.scan("BAG-10001") == FloorWord::handed_already);
    worker.restart();
    for (const auto n : three) CHECK(worker.known(n).holder == with(anna));
    REQUIRE(worker.floor().moved_with(bag));
    REQUIRE(worker.floor().undo(parcel(2)));
    CHECK(worker.floor().last()->word == FloorWord::taken_back);
    CHECK(worker.floor().last()->bag->moved == 3);
    for (const auto n : three) CHECK(worker.known(n).holder == north);
    const auto types = worker.life->types();
    CHECK(std::count(types.begin(), types.end(), "corrected") == 3);
    CHECK_FALSE(worker.floor().moved_with(bag));
    worker.begin(FloorTask::hand_out, {}, anna);
    CHECK(worker.scan("BAG-10001") == FloorWord::bag_handed);
    worker.clock.elapsed += 11min;
    CHECK(worker.floor().undo(parcel(1)).error().message == Parcels::too_late);
}

TEST_CASE("a bag for another direction is asked about; what left it by itself stays where it is, and is counted") {
    Worker worker;
    pack(worker);
    worker.rows[3].holder = with(boris);
    worker.tell();
    worker.begin(FloorTask::hand_out, {}, anna);
    CHECK(worker.scan(1) == FloorWord::handed);  // singly: it is in the bag no more
    worker.begin(FloorTask::hand_out, {}, boris);
    CHECK(worker.scan("BAG-10001") == FloorWord::confirm_bag_goal);
    REQUIRE(worker.floor().answer(false));
    CHECK(worker.known(2).holder == north);
    CHECK(worker.scan("BAG-10001") == FloorWord::confirm_bag_goal);
    CHECK(worker.scan("BAG-10001") == FloorWord::bag_handed);  // scanned again: yes
    CHECK(worker.floor().last()->bag->moved == 1);
    CHECK(worker.known(1).holder == with(anna));
    CHECK(worker.known(2).holder == with(boris));
    REQUIRE(worker.floor().undo(parcel(2)));
    worker.begin(FloorTask::hand_out, {}, anna);
    CHECK(worker.scan("BAG-10001") == FloorWord::bag_partly);
    CHECK(worker.floor().last()->bag->moved == 1);
    CHECK(worker.floor().last()->bag->gone == 1);
    CHECK(worker.known(3).holder == with(boris));
    worker.boris_is_blocked = true;
    worker.tell();
    worker.begin(FloorTask::hand_out, {}, boris);
    CHECK(worker.scan("BAG-10001") == FloorWord::courier_blocked);
}

TEST_CASE("a bag that comes is taken in from whoever has what is in it, also while a registry is taken in") {
    Worker worker;
    pack(worker, with(boris));
    worker.begin(FloorTask::intake, registry);
    CHECK(worker.scan("BAG-10001") == FloorWord::bag_taken);
    CHECK(worker.last_move().from == with(boris));
    CHECK(worker.last_move().to == north);
    CHECK(worker.counted().extra == 0);
    CHECK(worker.scan("BAG-10001") == FloorWord::bag_here);
    CHECK(worker.moves() == 3);
    REQUIRE(worker.floor().note_damage(parcel(1), "мокро"));
    CHECK(worker.floor().undo(parcel(2)).error().message == Floor::bag_went_on);
    REQUIRE(worker.floor().undo(parcel(1)));
    REQUIRE(worker.floor().undo(parcel(2)));
    for (const auto n : three) CHECK(worker.known(n).holder == with(boris));
    worker.is_open = false;
    worker.tell();
    CHECK(worker.scan("BAG-10001") == FloorWord::registry_closed);
}

TEST_CASE("an open bag moves nothing, and no bag is counted back, sorted, or moved without all that is in it") {
    Worker worker;
    pack(worker);
    worker.begin(FloorTask::sort);
    CHECK(worker.scan("BAG-10001") == FloorWord::bag_singly);
    worker.begin(FloorTask::take_back, {}, anna);
    CHECK(worker.scan("BAG-10001") == FloorWord::bag_singly);
    worker.bags[bag].is_closed = false;
    worker.tell();
    worker.begin(FloorTask::hand_out, {}, anna);
    CHECK(worker.scan("BAG-10001") == FloorWord::bag_open);
    worker.bags[bag].is_closed = true;
    worker.bags[bag].parcels = 4;  // one is delivered: nobody of the floor is told of it
    worker.tell();
    CHECK(worker.moves() == 0);
    CHECK(worker.scan("BAG-10001") == FloorWord::bag_partly);
    CHECK(worker.floor().last()->bag->gone == 1);
    REQUIRE(worker.life->shift.start_break());
    CHECK(worker.floor().undo(parcel(1)).error().message == agent::app::Shift::on_break);
}

TEST_CASE("a bag of 300 is moved by one scan") {
    Worker worker;
    for (std::uint16_t n = 1; n <= 300; ++n) {
        worker.rows[n] = planned(n, anna);
        worker.rows[n].bag = bag;
    }
    worker.bags[bag] = {"BAG-10001", FloorGoal::courier, model::HolderId{anna.value}, true, 300};
    worker.tell();
    worker.begin(FloorTask::hand_out, {}, anna);
    CHECK(worker.scan("BAG-10001") == FloorWord::bag_handed);
    CHECK(worker.moves() == 300);
    CHECK(worker.floor().carried(anna).size() == 300);
}
