// What handhelds send, from the MQTT message to the durable commit and the signed answer: the composition of this
// folder. Owned by the composition root, stopped before the database is closed. accept() and tick() from the loop
// thread (or any); all work is done on workers of its own, so that a flood of batches never takes those of the API, nor
// the other way round.
#pragma once
#include <memory>

#include "central/app/devices/device_changes.hpp"
#include "central/app/devices/device_gate.hpp"
#include "central/app/tracking/live_hub.hpp"
#include "central/ingest/device_lines.hpp"
#include "central/ingest/downlink.hpp"
#include "shared/runtime/metrics.hpp"

namespace plus7::central::ingest {

struct IngestOptions {
    std::filesystem::path flight_file;  // FlightSlots; empty: a crash leaves no trace of what caused it
    core::ServerGen server_gen;         // store::server_gen
    core::Bytes certificate;            // of the signing key, DER
    std::size_t threads = 4;
    LineLimits lines;
    std::chrono::milliseconds save_positions = std::chrono::seconds{10};
    std::chrono::milliseconds stop_limit = std::chrono::seconds{5};
};

// All outlive Ingest.
struct IngestPorts {
    sql::Database& db;
    core::Clock& clock;
    runtime::Metrics& metrics;
    app::tracking::LiveHub& hub;
    app::devices::DeviceGate& gate;
    app::devices::DeviceChanges& views;
    app::devices::DeviceChanges& devices;
    const crypto::SigningKey& sign_key;
    Publish publish;
};

class Ingest {
  public:
    // Counts what a crash left behind and fills the live hub. unavailable when the database or the file is.
    static core::Result<std::unique_ptr<Ingest>> start(IngestPorts ports, IngestOptions options);
    ~Ingest();  // as stop()

    void accept(Frame frame);  // never blocks; a full queue drops
    // What another instance (or this one) said on `p7/1/_central/#`. Loop thread.
    void accept_news(core::ByteView payload);
    void tick();  // every second or so: repeats views, saves positions
    // A device was changed elsewhere (locked, revoked, enrolled anew): what is remembered of it is read again. Changes
    // told to IngestPorts::devices need no call.
    void forget(const core::DeviceId& device);
    // The broker was away: nobody is online until it says so. `then` when that is durable, from any thread.
    void all_offline(std::function<void()> then);
    // Finishes what was taken, within the limit; the rest is dropped and comes again.
    void stop();

  private:
    struct State;
    explicit Ingest(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace plus7::central::ingest
