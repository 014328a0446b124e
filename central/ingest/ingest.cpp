#include "central/ingest/ingest.hpp"

#include "central/ingest/hello.hpp"
#include "central/ingest/live.hpp"
#include "central/ingest/pipeline.hpp"
#include "central/ingest/view_sender.hpp"
#include "central/store/connection_store.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::central::ingest {
namespace {

// What both DeviceChanges keep for ever; emptied when ingest ends.
struct Listener {
    std::mutex lock;
    ViewSender* sender = nullptr;
    KeyRing* keys = nullptr;
    Peers* peers = nullptr;
};

}  // namespace

struct Ingest::State {
    State(IngestPorts given, IngestOptions chosen, std::unique_ptr<FlightSlots> slots)
        : ports(std::move(given)), options(std::move(chosen)), flights(std::move(slots)) {}

    void handle_run(std::vector<DeviceLines::Item> items, const DeviceLines::Finished& finished);
    void handle(DeviceLines::Item item, const Done& end);
    void handle_live(DeviceLines::Item item);

    IngestPorts ports;
    IngestOptions options;
    std::unique_ptr<FlightSlots> flights;
    Counts counts{ports.metrics};
    // Each line has one job at a time, on its way in or back from the database; live frames are bounded by themselves.
    runtime::Workers workers{{options.threads, 2 * options.lines.frames + max_live + 1024}};
    UnitDesk desk{ports.db, workers};
    KeyRing keys{ports.db, ports.clock};
    Downlink down{options.server_gen, ports.sign_key, ports.publish};
    AckBox acks{down, counts, ports.clock, [this] { return lines.load(); }};
    Attempts attempts;
    Peers peers{ports.publish, ports.hub, ports.metrics};
    Positions positions{ports.hub, desk, peers};
    Parts parts{ports.clock, ports.hub, ports.gate,    ports.views, counts, keys, down,
                acks,        attempts,  flights.get(), positions,   peers,  desk};
    ViewSender views{parts};
    HelloDesk hellos{parts, views, options.certificate};
    LiveDesk live{parts};
    Pipeline pipeline{parts};
    DeviceLines lines{workers, options.lines,
                      [this](std::vector<DeviceLines::Item> items, const DeviceLines::Finished& finished) {
                          handle_run(std::move(items), finished);
                      },
                      [this](const core::DeviceId& device) { acks.flush(device); },
                      [this](const wire::Topic& topic) { counts.ended(topic.kind, Outcome::dropped); }};
    std::shared_ptr<Listener> listener = std::make_shared<Listener>();
    std::atomic<std::size_t> live_waiting{0};
    std::mutex tick_lock;
    std::chrono::milliseconds saved_at{0};
    std::once_flag stopped;

    static constexpr std::size_t max_live = 4096;
};

void Ingest::State::handle_run(std::vector<DeviceLines::Item> items, const DeviceLines::Finished& finished) {
    const auto topic = items.front().topic;
    const auto left = std::make_shared<std::atomic<std::size_t>>(items.size());
    const Done end = [this, kind = topic.kind, left, finished](Outcome outcome) {
        counts.ended(kind, outcome);
        if (--*left == 0) finished();
    };
    if (topic.kind != wire::TopicKind::track) {
        for (auto& item : items) handle(std::move(item), end);
        return;
    }
    std::vector<Frame> frames;
    for (auto& item : items) frames.push_back(std::move(item.frame));
    pipeline.take(std::move(frames), topic, end);
}

void Ingest::State::handle(DeviceLines::Item item, const Done& end) {
    switch (item.topic.kind) {
        case wire::TopicKind::hello:
            hellos.take(item.frame, item.topic.device, end);
            return;
        case wire::TopicKind::fact:
        case wire::TopicKind::blob: {
            std::vector<Frame> frame;
            frame.push_back(std::move(item.frame));
            pipeline.take(std::move(frame), item.topic, end);
            return;
        }
        case wire::TopicKind::up_view:
            views.take_answer(item.frame, item.topic.device, end);
            return;
        case wire::TopicKind::state:
            live.take_state(item.frame, item.topic.device, end);
            return;
        default:
            end(Outcome::refused);
    }
}

// Never behind a backlog, and in any order: the newest place wins by its own time.
void Ingest::State::handle_live(DeviceLines::Item item) {
    const auto kind = item.topic.kind;
    const bool full = ++live_waiting > max_live;
    const auto job = [this, kind, kept = std::make_shared<DeviceLines::Item>(std::move(item))] {
        --live_waiting;
        live.take_live(kept->frame, kept->topic.device, [this, kind](Outcome outcome) { counts.ended(kind, outcome); });
    };
    if (!full && workers.submit(job)) return;
    --live_waiting;
    counts.ended(kind, Outcome::dropped);
}

Ingest::Ingest(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ingest::~Ingest() { stop(); }

core::Result<std::unique_ptr<Ingest>> Ingest::start(IngestPorts ports, IngestOptions options) {
    std::unique_ptr<FlightSlots> flights;
    if (!options.flight_file.empty()) {
        auto opened = FlightSlots::open(options.flight_file);
        if (!opened) return opened.error();
        flights = std::move(*opened);
    }
    auto state = std::make_unique<State>(std::move(ports), std::move(options), std::move(flights));
    const auto left = state->flights ? state->flights->take_left_behind() : std::vector<Flight>{};
    if (!left.empty())
        runtime::log_warning("the last run ended while it took these batches", {{"batches", left.size()}});
    if (const auto started = state->attempts.start(state->ports.db, left); !started) return started.error();
    if (const auto filled = fill_hub(state->ports.db, state->ports.hub); !filled) return filled.error();
    state->listener->sender = &state->views;
    state->listener->keys = &state->keys;
    state->listener->peers = &state->peers;
    state->ports.devices.listen([listener = state->listener](const core::DeviceId& device) {
        const std::lock_guard guard(listener->lock);
        if (listener->keys == nullptr) return;
        listener->keys->forget(device);
        listener->peers->tell(device, wire::PeerDeviceChanged{});
    });
    state->ports.views.listen([listener = state->listener](const core::DeviceId& device) {
        const std::lock_guard guard(listener->lock);
        if (listener->sender == nullptr) return;
        listener->sender->send(device);
        listener->peers->tell(device, wire::PeerViewChanged{});
    });
    return std::unique_ptr<Ingest>(new Ingest(std::move(state)));
}

void Ingest::accept(Frame frame) {
    const auto topic = wire::parse_topic(frame.topic);
    const bool is_up = topic && wire::row_of(topic->kind).direction == wire::Direction::up;
    if (!is_up) {
        state_->counts.received(std::nullopt);
        state_->counts.ended(std::nullopt, Outcome::refused);
        return;
    }
    state_->counts.received(topic->kind);
    DeviceLines::Item item{*topic, std::move(frame)};
    if (topic->kind == wire::TopicKind::live) {
        state_->handle_live(std::move(item));
    } else if (!state_->lines.push(std::move(item))) {
        state_->counts.ended(topic->kind, Outcome::dropped);
    }
}

void Ingest::tick() {
    state_->views.tick();
    state_->peers.flush();
    const auto now = state_->ports.clock.mono();
    {
        const std::lock_guard guard(state_->tick_lock);
        if (now - state_->saved_at < state_->options.save_positions) return;
        state_->saved_at = now;
    }
    state_->positions.save();
}

void Ingest::forget(const core::DeviceId& device) { state_->keys.forget(device); }

void Ingest::accept_news(core::ByteView payload) {
    const auto changes = state_->peers.take(payload);
    for (const auto& device : changes.devices) {
        state_->keys.forget(device);
        const auto show_carrier = [state = state_.get(), device] {
            const auto known = state->keys.find(device);
            if (known && *known) state->ports.hub.carried_by(device, (*known)->courier);
        };
        static_cast<void>(state_->workers.submit(show_carrier));  // a full queue: its next act shows it
    }
    for (const auto& device : changes.views) state_->views.send(device);
}

void Ingest::all_offline(std::function<void()> then) {
    const auto unit = [](sql::Tx& tx) -> core::Result<bool> { return store::all_offline(tx) > 0; };
    state_->desk.run<bool>(unit, [this, then = std::move(then)](const core::Result<bool>& done) {
        if (done)
            for (const auto& device : state_->ports.hub.all()) state_->ports.hub.connected(device.device, false);
        then();
    });
}

void Ingest::stop() {
    std::call_once(state_->stopped, [this] {
        {
            const std::lock_guard guard(state_->listener->lock);
            state_->listener->sender = nullptr;
            state_->listener->keys = nullptr;
            state_->listener->peers = nullptr;
        }
        state_->lines.close(state_->options.stop_limit);
        state_->positions.save();
        state_->desk.wait();
        state_->workers.stop();
    });
}

}  // namespace plus7::central::ingest
