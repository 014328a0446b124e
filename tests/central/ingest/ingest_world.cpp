#include "tests/central/ingest/ingest_world.hpp"

#include "central/store/case_store.hpp"
#include "central/store/migrations.hpp"
#include "central/store/server_store.hpp"

namespace plus7::test {

using namespace central;

Instance::Instance(sql::Database& db, HandClock& clock, const crypto::SigningKey& key,
                   const core::ServerGen& server_gen, ingest::IngestOptions options) {
    options.server_gen = server_gen;
    options.certificate = {1, 2, 3};
    options.threads = 2;
    const auto keep = [this](mqtt::Publication publication) {
        const std::lock_guard guard(lock);
        published.push_back(std::move(publication));
    };
    auto started =
        ingest::Ingest::start({db, clock, metrics, hub, gate, views, changes, key, keep}, std::move(options));
    REQUIRE(started.ok());
    ingest = std::move(*started);
}

World::World(std::unique_ptr<sql::Database> database, ingest::IngestOptions chosen)
    : db(std::move(database)), options(std::move(chosen)) {
    const auto all = store::migrations();
    sql::migrate(*db, all).value();
    server_gen = *db->write([&](sql::Tx& tx) { return store::server_gen(tx, clock.now()); });
    add_instance();
}

Instance& World::add_instance() {
    instances.push_back(std::make_unique<Instance>(*db, clock, key, server_gen, options));
    return *instances.back();
}

void World::enrol(const HandDevice& device, const std::string& state) {
    db->write([&](sql::Tx& tx) {
          tx.exec(
              "INSERT INTO device (device_id, label, state, record_key, version, created_us, enrolled_us) "
              "VALUES ($1, 'test', $2, $3, 1, $4, $4)",
              device.id, state, device.key->public_key(), clock.now());
          tx.exec("INSERT INTO device_key (device_id, public_key, from_us) VALUES ($1, $2, $3)", device.id,
                  device.key->public_key(), clock.now());
      }).value();
}

void World::give(const HandDevice& device, wire::TopicKind kind, core::Bytes payload, std::size_t instance) {
    instances[instance]->ingest->accept({wire::topic_name(device.id, kind), std::move(payload), false, clock.now()});
}

bool World::settle() {
    return eventually([&] {
        for (const auto& instance : instances) {
            std::uint64_t ended = 0;
            for (std::size_t i = 0; i < ingest::outcomes; ++i) ended += instance->counts.total(static_cast<Outcome>(i));
            if (ended != instance->counts.total_received()) return false;
        }
        return true;
    });
}

Outcome World::take(const HandDevice& device, wire::TopicKind kind, const core::Bytes& payload) {
    std::array<std::uint64_t, ingest::outcomes> before{};
    for (std::size_t i = 0; i < before.size(); ++i) before[i] = one().counts.total(static_cast<Outcome>(i));
    give(device, kind, payload);
    REQUIRE(settle());
    for (std::size_t i = 0; i < before.size(); ++i)
        if (one().counts.total(static_cast<Outcome>(i)) != before[i]) return static_cast<Outcome>(i);
    FAIL("the frame did not end");
    return Outcome::dropped;
}

std::vector<core::Bytes> World::bodies(const HandDevice& device, wire::DownType type) {
    std::vector<core::Bytes> found;
    for (const auto& instance : instances) {
        const std::lock_guard guard(instance->lock);
        for (const auto& publication : instance->published) {
            const auto topic = wire::parse_topic(publication.topic);
            if (!topic || topic->device != device.id) continue;
            const auto message = wire::decode_down(publication.payload);
            REQUIRE(message.ok());
            CHECK_FALSE(wire::check_down(*message, {device.id, server_gen, device.nonce, key.public_key()}));
            if (message->type == type) found.push_back(message->body);
        }
    }
    return found;
}

std::vector<wire::Ack> World::acks(const HandDevice& device) {
    std::vector<wire::Ack> all;
    for (const auto& body : bodies(device, wire::DownType::ack)) all.push_back(wire::decode_ack(body).value());
    return all;
}

// The ack follows the end of its frame by a moment.
wire::Ack World::last_ack(const HandDevice& device) {
    REQUIRE(eventually([&] { return !acks(device).empty(); }));
    one().ingest->tick();
    return acks(device).back();
}

std::vector<wire::Welcome> World::welcomes(const HandDevice& device) {
    std::vector<wire::Welcome> all;
    for (const auto& body : bodies(device, wire::DownType::welcome)) all.push_back(wire::decode_welcome(body).value());
    return all;
}

wire::Welcome World::last_welcome(const HandDevice& device) {
    const auto all = welcomes(device);
    REQUIRE_FALSE(all.empty());
    return all.back();
}

std::vector<wire::ViewPart> World::view_parts(const HandDevice& device) {
    std::vector<wire::ViewPart> all;
    for (const auto& body : bodies(device, wire::DownType::view)) all.push_back(wire::decode_view_part(body).value());
    return all;
}

std::vector<std::string> World::cases(const HandDevice& device) {
    return *db->read([&](sql::Tx& tx) { return store::open_case_kinds(tx, device.id); });
}

}  // namespace plus7::test
