#include "agent/sync/session.hpp"

#include "shared/core/random.hpp"
#include "shared/runtime/log.hpp"
#include "shared/wire/live.hpp"

namespace plus7::agent::sync {
namespace {

double system_random() { return static_cast<double>(core::random_below(1ULL << 53)) / static_cast<double>(1ULL << 53); }

}  // namespace

Session::Session(store::Stores& stores, Uplink& uplink, core::Clock& clock, SessionOptions options)
    : stores_(stores),
      uplink_(uplink),
      clock_(clock),
      options_(std::move(options)),
      voice_(options_.device, options_.ca_pem),
      relay_(stores, uplink, clock, options_.timings, options_.random ? options_.random : system_random),
      live_(uplink),
      watchdog_(options_.timings) {
    if (!options_.random) options_.random = system_random;
}

void Session::connected(const core::Nonce& nonce) {
    nonce_ = nonce;
    heard_ = {};
    hellos_ = 0;
    voice_.listen(nonce);
    say_hello();
    publish_state();
}

void Session::disconnected() {
    phase_ = Phase::offline;
    relay_.close();
}

void Session::say_hello() {
    relay_.close();
    phase_ = Phase::greeting;
    const auto& timings = options_.timings;
    hello_at_ = clock_.mono() + doubled(timings.hello_least, timings.hello_most, hellos_++, options_.random);
    if (!saved(stores_.align_lanes(), "new epoch of a lane")) return;
    wire::Hello hello;
    hello.nonce = nonce_;
    hello.boot = options_.boot;
    hello.epoch = stores_.outbox().epoch();
    hello.ancestors = stores_.outbox().ancestors();
    hello.fact = stores_.outbox().extent();
    hello.track = stores_.track().extent();
    hello.blob = stores_.blobs().extent();
    hello.view = stores_.view().applied().version;
    hello.server_gen = stores_.outbox().server_gen();
    hello.versions = options_.versions;
    hello.time = clock_.now();
    uplink_.publish(wire::TopicKind::hello, wire::encode(hello), {});
}

void Session::message(core::ByteView payload) {
    if (phase_ == Phase::offline || phase_ == Phase::leaving) return;
    const auto heard = voice_.hear(payload);
    if (!heard) {
        const bool ask = voice_.take_other_life() && phase_ == Phase::running && clock_.mono() >= hello_at_;
        if (ask) say_hello();
        return;
    }
    if (heard->type == wire::DownType::welcome) {
        on_welcome(*heard);
    } else if (heard->type == wire::DownType::ack) {
        const auto ack = wire::decode_ack(heard->body);
        ack ? on_ack(*ack) : void(++counters_.unreadable);
    } else {
        const auto part = wire::decode_view_part(heard->body);
        part ? on_view(*part) : void(++counters_.unreadable);
    }
}

void Session::on_welcome(const wire::DownMessage& message) {
    if (phase_ != Phase::greeting) return;  // a second answer to the same hello
    const auto welcome = wire::decode_welcome(message.body).value();
    ++counters_.welcomes;
    heard_ = welcome.time;
    if (!saved(stores_.outbox().set_server_gen(message.server_gen), "server generation")) return;
    if (options_.on_central_time) options_.on_central_time(welcome.time - clock_.now());
    relay_.set_central_time(welcome.time - clock_.now());
    apply_policy(welcome.policy);
    if (welcome.epoch_state == wire::EpochState::unknown) {
        runtime::log_warning("central does not know this device's records: an operator has to let it in");
        phase_ = Phase::held;
        watchdog_.progress();
        return;
    }
    if (!settle_facts(welcome.fact.upto, welcome.fact.hash, welcome.time, welcome.epoch_state)) return;
    if (!settle_bulk(welcome)) return;
    hellos_ = 0;
    asked_blobs_ = clock_.mono();
    phase_ = Phase::running;
    relay_.open();
    relay_.pump();
}

bool Session::settle_facts(std::uint64_t upto, const core::Hash& hash, core::TimeUs time, wire::EpochState state) {
    auto& outbox = stores_.outbox();
    const auto standing = outbox.compare(upto, hash);
    if (standing == store::Standing::advanced || standing == store::Standing::agreed) {
        if (standing == store::Standing::advanced) watchdog_.progress();
        if (!saved(outbox.advance(upto, hash, time), "ack")) return false;
    }
    const bool over = state == wire::EpochState::sealed || state == wire::EpochState::frozen;
    if (over || standing == store::Standing::image_old) {
        begin_epoch(upto, hash, over ? wire::name_of(state) : "restored from an old image");
        return false;
    }
    if (standing == store::Standing::central_behind) {
        ++counters_.rewinds;
        runtime::log_warning("central was restored: sending again", {{"upto", upto}});
        if (!saved(outbox.rewind(upto, hash, stamp()), "rewind")) return false;
    }
    return true;
}

bool Session::settle_bulk(const wire::Welcome& welcome) {
    if (stores_.track().never_sent(welcome.track.upto, welcome.track.newest) ||
        stores_.blobs().never_sent(welcome.blob.upto, welcome.blob.newest)) {
        begin_epoch(welcome.fact.upto, welcome.fact.hash, "restored from an old image");
        return false;
    }
    return saved(stores_.track().reconcile(welcome.track.upto, welcome.track.newest, welcome.time), "track lane") &&
           saved(stores_.blobs().reconcile(welcome.blob.upto, welcome.blob.newest), "blob lane");
}

// The connection is closed too: its nonce would make a late welcome for the old epoch look like one for the new.
void Session::begin_epoch(std::uint64_t upto, const core::Hash& hash, std::string_view why) {
    if (!saved(stores_.begin_child_epoch(upto, hash), "new epoch")) return;
    ++counters_.new_epochs;
    runtime::log_warning("a new epoch begins", {{"why", why}, {"upto", upto}});
    relay_.close();
    phase_ = Phase::leaving;
    uplink_.force_reconnect("new epoch");
}

void Session::on_ack(const wire::Ack& ack) {
    if (phase_ != Phase::running) return;
    if (ack.epoch != stores_.outbox().epoch()) {
        ++counters_.stale_acks;
        return;
    }
    ++counters_.acks;
    if (!settle_ack(ack)) return;
    settle_blobs(ack);
    relay_.acknowledged(ack);
}

bool Session::settle_ack(const wire::Ack& ack) {
    if (ack.lane == wire::Lane::fact) {
        const auto hash = ack.hash.value_or(core::Hash{});
        const bool behind = stores_.outbox().compare(ack.upto, hash) == store::Standing::central_behind;
        if (behind || ack.epoch_state == wire::EpochState::unknown) {
            // From a slower central instance, or central was restored: only a welcome can tell.
            ++counters_.stale_acks;
            if (ack.time > heard_) say_hello();
            return false;
        }
        heard_ = std::max(heard_, ack.time);
        return settle_facts(ack.upto, hash, ack.time, ack.epoch_state);
    }
    const bool track = ack.lane == wire::Lane::track;
    const bool other_life =
        track ? stores_.track().never_sent(ack.upto, ack.got) : stores_.blobs().never_sent(ack.upto, ack.got);
    if (ack.epoch_state != wire::EpochState::open || other_life) {
        say_hello();  // where the fact lane is cut stands in the welcome
        return false;
    }
    return saved(track ? stores_.track().acknowledge(ack.upto, ack.got, ack.time)
                       : stores_.blobs().acknowledge(ack.upto, ack.got),
                 "ack");
}

void Session::settle_blobs(const wire::Ack& ack) {
    if (!saved(stores_.blobs().confirm(ack.blobs_ok), "confirmed blobs") || ack.blobs_bad.empty()) return;
    const auto lost = stores_.blobs().send_again(ack.blobs_bad);
    if (!lost) {
        saved(lost.error(), "blobs to send again");
        return;
    }
    if (told_lost_.size() > 1024) told_lost_.clear();  // bounded; saying it twice harms nobody
    for (const auto& sha : *lost) {
        if (told_lost_.contains(sha)) continue;
        const auto told = stores_.outbox().append(store::make_act(model::BlobLost{sha}, stamp()));
        if (told) told_lost_.insert(sha);
        if (!told) saved(told.error(), "blob.lost");
    }
}

void Session::on_view(const wire::ViewPart& part) {
    if (phase_ != Phase::running) return;
    ++counters_.views;
    const auto answer = stores_.view().take(part);
    if (!answer) {
        saved(answer.error(), "view");
        return;
    }
    if (!*answer) return;
    uplink_.publish(wire::TopicKind::up_view, wire::encode(**answer), {});
    if (const auto row = stores_.view().row({wire::RowKind::policy, {}})) {
        if (const auto policy = wire::decode_policy(row->body)) apply_policy(*policy);
    }
    if (options_.on_view) options_.on_view();
}

void Session::apply_policy(const wire::Policy& policy) {
    relay_.set_day_bytes(policy.day_bytes);
    live_.set_interval(policy.live);
    stores_.track().set_policy(store::seal_policy_of(policy));
    saved(stores_.view().set_locked(policy.locked, policy.wipe ? std::optional(policy.wipe->id) : std::nullopt),
          "lock");
    wipe_if_due();
    if (options_.on_policy) options_.on_policy(policy);
}

void Session::wipe_if_due() { wipe_checked_ = !stores_.view().wipe_due() || saved(stores_.view().wipe(), "wipe"); }

bool Session::saved(const core::Status& status, std::string_view what) {
    if (status.ok()) return true;
    ++counters_.store_errors;
    runtime::log_error("central's word could not be saved", {{"what", what}, {"error", status.error().message}});
    return false;
}

core::Stamp Session::stamp() {
    core::Stamp at;
    at.wall = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
    at.boot = options_.boot;
    at.mono = clock_.mono();
    return at;
}

}  // namespace plus7::agent::sync
