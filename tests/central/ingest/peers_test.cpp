// Several instances on one database: what one learns the others show and heed at once.
#include "central/ingest/peers.hpp"

#include "central/app/view/view.hpp"
#include "shared/wire/live.hpp"
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

// Two instances and the broker between them, done by hand.
template <typename Engine>
struct Pair : On<Engine> {
    HandDevice device;
    std::size_t handed = 0;
    Instance& first = this->one();
    Instance& second = this->add_instance();

    Pair() {
        this->enrol(device);
        this->hello(device);
    }
    // Flushes the first instance and hands all that it said to both.
    void carry() {
        first.ingest->tick();
        std::vector<core::Bytes> news;
        {
            const std::lock_guard guard(first.lock);
            for (; handed < first.published.size(); ++handed)
                if (first.published[handed].topic == "p7/1/_central/news") {
                    CHECK(first.published[handed].qos == mqtt::Qos::at_most_once);
                    news.push_back(first.published[handed].payload);
                }
        }
        for (const auto& payload : news) {
            CHECK(payload.size() <= wire::max_peer_bytes);
            first.ingest->accept_news(payload);
            second.ingest->accept_news(payload);
        }
    }
    std::uint64_t ended(Instance& instance, const char* end) {
        return instance.metrics.counter("plus7_peer_news_total", "News between central instances", {{"end", end}})
            .value();
    }
    auto shown() { return second.hub.find(device.id); }
};

}  // namespace

TEST_CASE_TEMPLATE("shift, acts, battery and the newest place of one instance are shown by the other", Engine, Sqlite,
                   Postgres) {
    Pair<Engine> pair;
    auto& device = pair.device;
    const auto revision = pair.second.hub.revision();
    const std::vector<core::Bytes> facts{device.fact(model::ShiftStarted{}),
                                         device.fact(model::DeviceBattery{42, false}), device.scan()};
    CHECK(pair.take(device, facts, 1) == Outcome::applied);
    CHECK(pair.take(device, wire::TopicKind::track, device.batch({block_record(device.at, 5)}, 1, wire::Lane::track)) ==
          Outcome::applied);
    CHECK_FALSE(pair.shown().has_value());
    REQUIRE(eventually([&] { return pair.first.hub.find(device.id)->position.has_value(); }));
    pair.carry();
    REQUIRE(pair.shown().has_value());
    CHECK(pair.shown()->online);
    CHECK(pair.shown()->battery_percent == 42);
    CHECK(pair.shown()->shift_since.has_value());
    REQUIRE(pair.shown()->position.has_value());
    CHECK(pair.shown()->position->fix == pair.first.hub.find(device.id)->position->fix);
    CHECK(pair.shown()->position->place == pair.first.hub.find(device.id)->position->place);
    const auto news = pair.second.hub.news_since(revision);
    REQUIRE(news.has_value());
    CHECK(news->size() == 3);
    CHECK(pair.ended(pair.first, "own") > 0);  // ignored: nothing was shown twice
    CHECK(pair.ended(pair.first, "taken") == 0);

    CHECK(pair.take(device, {device.fact(model::BreakStarted{})}, 4) == Outcome::applied);
    REQUIRE(eventually([&] { return pair.first.hub.find(device.id)->break_since.has_value(); }));
    pair.carry();
    CHECK(pair.shown()->break_since == pair.first.hub.find(device.id)->break_since);

    CHECK(pair.take(device, {device.fact(model::ShiftEnded{})}, 5) == Outcome::applied);
    REQUIRE(eventually([&] { return !pair.first.hub.find(device.id)->shift_since; }));
    pair.carry();
    CHECK_FALSE(pair.shown()->shift_since.has_value());
    CHECK_FALSE(pair.shown()->position.has_value());
    CHECK(pair.ended(pair.second, "told") == 0);  // what it was told it does not tell on
}

TEST_CASE_TEMPLATE("a view changed at one instance is sent by the other too, without waiting for a repeat", Engine,
                   Sqlite, Postgres) {
    Pair<Engine> pair;
    const wire::RowKey task{wire::RowKind::task, core::random_id<wire::RowId>()};
    REQUIRE(pair.db
                ->write([&](sql::Tx& tx) {
                    return central::app::view::change(tx, pair.device.id, {{{task, core::Bytes{1}}}, {}});
                })
                .value());
    pair.first.views.changed(pair.device.id);
    pair.carry();
    CHECK(eventually([&] {
        const std::lock_guard guard(pair.second.lock);
        return std::any_of(pair.second.published.begin(), pair.second.published.end(), [](const auto& publication) {
            return publication.topic.find("/down/view") != std::string::npos;
        });
    }));
}

TEST_CASE_TEMPLATE("a device changed at one instance is read anew by the other", Engine, Sqlite, Postgres) {
    Pair<Engine> pair;
    model::Fix fix;
    fix.time = std::chrono::floor<std::chrono::milliseconds>(pair.clock.now());
    fix.place = {55.75, 37.62};
    const auto live_of_second = [&](Outcome outcome) {
        const auto before = pair.second.counts.total(outcome);
        pair.give(pair.device, wire::TopicKind::live, wire::encode(fix), 1);
        REQUIRE(pair.settle());
        return pair.second.counts.total(outcome) == before + 1;
    };
    CHECK_FALSE(live_of_second(Outcome::refused));  // and it is remembered
    pair.db
        ->write(
            [&](sql::Tx& tx) { tx.exec("UPDATE device SET state = 'revoked' WHERE device_id = $1", pair.device.id); })
        .value();
    CHECK_FALSE(live_of_second(Outcome::refused));  // the memory
    pair.first.changes.changed(pair.device.id);
    pair.carry();
    CHECK(live_of_second(Outcome::refused));
}

TEST_CASE("garbage between instances is counted and changes nothing") {
    Pair<Sqlite> pair;
    const auto revision = pair.second.hub.revision();
    for (const auto& bytes : {core::Bytes{}, core::Bytes(100, 0x81), core::Bytes(20'000, 0), core::Bytes{0xa0}})
        pair.second.ingest->accept_news(bytes);
    CHECK(pair.ended(pair.second, "unreadable") == 4);
    CHECK(pair.second.hub.revision() == revision);
}

TEST_CASE("what waits for the others is bounded, and of a device's places only the newest goes") {
    runtime::Metrics metrics;
    central::app::tracking::LiveHub hub;
    std::vector<wire::PeerMessage> sent;
    central::ingest::Peers peers(
        [&](mqtt::Publication publication) { sent.push_back(wire::decode_peer_message(publication.payload).value()); },
        hub, metrics);
    const auto device = core::DeviceId::random();
    for (int i = 0; i < 10'000; ++i) {
        wire::PeerPlace place;
        place.fix.time = core::time_ms(i);
        peers.say({device, place});
    }
    peers.flush();
    REQUIRE(sent.size() == 1);
    REQUIRE(sent[0].news.size() == 1);
    CHECK(std::get<wire::PeerPlace>(sent[0].news[0].what).fix.time == core::time_ms(9'999));
    for (int i = 0; i < 10'000; ++i) peers.say({device, wire::PeerBattery{1}});
    peers.flush();
    std::size_t news = 0;
    for (const auto& message : sent) news += message.news.size();
    CHECK(news == 1 + 8192);
    peers.flush();
    CHECK(sent.size() == 1 + 8192 / wire::max_peer_news);
}
