// The device's side of the protocol: hello, what a welcome or an ack means for the stores, the view, and the pace of
// what goes up. Everything on the storage thread; owned by SyncClient (or a simulation).
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "agent/store/stores.hpp"
#include "agent/sync/central_voice.hpp"
#include "agent/sync/live_feed.hpp"
#include "agent/sync/relay.hpp"
#include "agent/sync/watchdog.hpp"
#include "shared/wire/live.hpp"
#include "shared/wire/policy.hpp"
#include "shared/wire/view_message.hpp"
#include "shared/wire/welcome.hpp"

namespace plus7::agent::sync {

struct SessionOptions {
    core::DeviceId device;
    std::string ca_pem;  // ca.crt
    core::BootId boot;
    std::map<std::string, std::string> versions{};  // for the hello: "agent" → "0.1.0"
    Timings timings{};
    Random random{};  // empty: the system's
    // Called on the storage thread when central's policy is (again) known, and when its clock is: central − ours.
    std::function<void(const wire::Policy&)> on_policy{};
    std::function<void(std::chrono::microseconds offset)> on_central_time{};
    std::function<void()> on_view{};          // rows have changed
    std::function<void()> restart_process{};  // the watchdog's last word
};

class Session {
  public:
    enum class Phase {
        offline,   // no connection
        greeting,  // hello sent, no welcome yet
        running,
        held,     // central does not open our epoch: an operator is needed; asked again now and then
        leaving,  // a new epoch began: this connection is being closed
    };
    struct Counters {
        std::uint64_t welcomes = 0;
        std::uint64_t acks = 0;
        std::uint64_t stale_acks = 0;  // of another epoch, or older than what is known
        std::uint64_t new_epochs = 0;
        std::uint64_t rewinds = 0;       // central was restored
        std::uint64_t views = 0;         // parts
        std::uint64_t unreadable = 0;    // signed by central, but in a form this version does not know
        std::uint64_t store_errors = 0;  // what central said could not be saved; it says it again
    };

    Session(store::Stores& stores, Uplink& uplink, core::Clock& clock, SessionOptions options);

    // The connection stands and the down topics are subscribed; `nonce` is also in its Will.
    void connected(const core::Nonce& nonce);
    void disconnected();
    void message(core::ByteView payload);  // from any down topic: the signed type rules
    void wake() { relay_.pump(); }         // something was appended
    void tick();                           // about once a second
    void offer_live(const model::Fix& fix);

    Phase phase() const { return phase_; }
    // Online, as far as sealing of track blocks goes.
    bool online() const { return phase_ == Phase::running; }
    const Counters& counters() const { return counters_; }
    const CentralVoice& voice() const { return voice_; }
    const Relay& relay() const { return relay_; }
    wire::DeviceState state(bool online) const;

  private:
    void say_hello();
    void on_welcome(const wire::DownMessage& message);
    void on_ack(const wire::Ack& ack);
    void on_view(const wire::ViewPart& part);
    // False when the session may not go on with this word: it was left, or something could not be saved.
    bool settle_facts(std::uint64_t upto, const core::Hash& hash, core::TimeUs time, wire::EpochState state);
    bool settle_bulk(const wire::Welcome& welcome);
    bool settle_ack(const wire::Ack& ack);
    void settle_blobs(const wire::Ack& ack);
    void begin_epoch(std::uint64_t upto, const core::Hash& hash, std::string_view why);
    void apply_policy(const wire::Policy& policy);
    void wipe_if_due();
    bool saved(const core::Status& status, std::string_view what);
    void watch();
    void publish_state();
    core::Stamp stamp();

    store::Stores& stores_;
    Uplink& uplink_;
    core::Clock& clock_;
    SessionOptions options_;
    CentralVoice voice_;
    Relay relay_;
    LiveFeed live_;
    Watchdog watchdog_;
    Phase phase_ = Phase::offline;
    core::Nonce nonce_;
    Milliseconds hello_at_{0};
    bool wipe_checked_ = false;  // false: a lock may still want its wipe
    int hellos_ = 0;             // in a row without a welcome that let us go on
    Milliseconds state_at_{0};
    std::uint64_t state_unacked_ = 0;
    Milliseconds asked_blobs_{0};
    std::set<core::Hash> told_lost_;  // blobs, by this process
    core::TimeUs heard_{};            // the newest of central's signed times on this connection
    Counters counters_;
};

}  // namespace plus7::agent::sync
