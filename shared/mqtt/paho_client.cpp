#include "shared/mqtt/paho_client.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "shared/mqtt/inbox.hpp"
#include "shared/mqtt/paho_thread.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::mqtt {
namespace {

// Fixed header, topic length, packet id and properties of a PUBLISH (OASIS MQTT 5.0, 3.3), rounded up.
constexpr std::size_t publish_overhead = 32;
constexpr std::size_t max_topic = 65535;

bool is_topic(const std::string& topic) {
    return !topic.empty() && topic.size() <= max_topic &&
           topic.find_first_of(std::string("#+\0", 3)) == std::string::npos;
}

bool is_filter(const std::string& filter) {
    return !filter.empty() && filter.size() <= max_topic && filter.find('\0') == std::string::npos;
}

std::size_t size_of(const Publication& publication) { return publication.topic.size() + publication.payload.size(); }

}  // namespace

std::string hex_of(ReasonCode code) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "0x%02x", static_cast<unsigned>(code));
    return text.data();
}

PahoClient::PahoClient(runtime::Loop& loop, ClientOptions options, ClientListener& listener)
    : loop_(loop),
      options_(std::move(options)),
      listener_(listener),
      connector_(
          loop, options_.timings, [this](std::uint64_t session) { open(session); },
          [this](std::uint64_t session) { attempt_timed_out(session); }),
      inbox_(std::make_shared<Inbox>(loop, options_.max_waiting, options_.max_waiting_bytes,
                                     [this](Event event) { read(std::move(event)); })),
      paho_(std::make_unique<PahoThread>(options_, inbox_)) {}

PahoClient::~PahoClient() {
    connector_.stop();
    inbox_->close();
}

void PahoClient::start() { connector_.start(); }

void PahoClient::stop(std::function<void()> stopped) {
    const bool was_connected = connected();
    connector_.stop();
    stopped_.push_back(std::move(stopped));
    stop_ticket_ = next_id_++;
    // The results are told from the loop, not inside this call.
    loop_.post([this, was_connected, alive = std::weak_ptr(alive_)] {
        if (alive.expired()) return;
        fail_pending();
        if (was_connected) listener_.disconnected({"stopped", reason::success});
    });
    paho_->close(connector_.session(), stop_ticket_);
}

bool PahoClient::connected() const { return connector_.state() == Connector::State::connected; }

core::Status PahoClient::check(const Publication& publication) const {
    if (!connected()) return core::unavailable("not connected to the broker");
    if (!is_topic(publication.topic)) return core::invalid("not a topic to publish to: '" + publication.topic + "'");
    const std::size_t limit = max_packet_ == 0 ? options_.max_packet : std::min(options_.max_packet, max_packet_);
    if (size_of(publication) + publish_overhead > limit) {
        return core::limit("a message of " + std::to_string(size_of(publication)) + " bytes is above the limit of " +
                           std::to_string(limit));
    }
    if (publishes_.size() >= options_.max_pending ||
        pending_bytes_ + size_of(publication) > options_.max_pending_bytes) {
        return core::limit("too many messages are under way to the broker");
    }
    return {};
}

core::Status PahoClient::publish(Publication publication, PublishDone done) {
    if (auto status = check(publication); !status) return status;
    const auto id = next_id_++;
    const auto bytes = size_of(publication);
    pending_bytes_ += bytes;
    publishes_.emplace(id, PendingPublish{bytes, std::move(done)});
    waiting_.emplace_back(id, std::move(publication));
    send_waiting();
    return {};
}

void PahoClient::send_waiting() {
    while (handed_ < options_.max_inflight && !waiting_.empty()) {
        auto& [id, publication] = waiting_.front();
        paho_->publish(connector_.session(), id, std::move(publication));
        waiting_.pop_front();
        ++handed_;
    }
}

core::Status PahoClient::subscribe(std::vector<Subscription> subscriptions, SubscribeDone done) {
    if (!connected()) return core::unavailable("not connected to the broker");
    if (subscriptions.empty()) return core::invalid("nothing to subscribe to");
    for (const auto& subscription : subscriptions) {
        if (!is_filter(subscription.filter)) return core::invalid("not a topic filter: '" + subscription.filter + "'");
    }
    if (subscribes_.size() >= options_.max_pending) return core::limit("too many subscriptions are under way");
    const auto id = next_id_++;
    subscribes_.emplace(id, std::move(done));
    paho_->subscribe(connector_.session(), id, std::move(subscriptions));
    return {};
}

void PahoClient::force_reconnect(std::string_view why) {
    if (!connected()) return;  // the next attempt is on its way
    const auto session = connector_.session();
    paho_->close(session, next_id_++);
    inbox_->push({session, SessionEnded{{std::string(why), reason::success}}});
}

ClientCounters PahoClient::counters() const {
    auto all = counters_;
    all.dropped_messages += inbox_->dropped();
    return all;
}

void PahoClient::open(std::uint64_t session) {
    tell_stopped();  // started again before the goodbye was through: opening ends the old session, too
    auto will = options_.will ? options_.will() : std::nullopt;
    runtime::log_debug("connecting to the broker",
                       {{"host", options_.host}, {"port", options_.port}, {"session", session}});
    paho_->open(session, std::move(will));
}

void PahoClient::attempt_timed_out(std::uint64_t session) {
    ++counters_.failed_attempts;
    paho_->close(session, next_id_++);
    listener_.connect_failed({"the broker did not answer", reason::success});
}

void PahoClient::read(Event event) {
    std::visit([&](const auto& what) { on(event.session, what); }, event.what);
}

void PahoClient::on(std::uint64_t session, const SessionOpened& opened) {
    if (!connector_.opened(session)) return;
    max_packet_ = opened.max_packet;
    ++counters_.sessions;
    runtime::log_info("connected to the broker", {{"host", options_.host}, {"port", options_.port}});
    listener_.connected();
}

void PahoClient::on(std::uint64_t session, const SessionEnded& ended) {
    const bool was_connected = connected();
    if (!connector_.ended(session, ended.why.reason_code)) return;
    if (ended.why.reason_code == reason::session_taken_over) ++counters_.taken_over;
    runtime::log_warning(was_connected ? "connection to the broker ended" : "no connection to the broker",
                         {{"host", options_.host},
                          {"port", options_.port},
                          {"reason", ended.why.text},
                          {"code", hex_of(ended.why.reason_code)},
                          {"retry_in", connector_.planned_wait()}});
    if (was_connected) {
        fail_pending();
        return listener_.disconnected(ended.why);
    }
    ++counters_.failed_attempts;
    listener_.connect_failed(ended.why);
}

void PahoClient::on(std::uint64_t, const SessionClosed& closed) {
    if (closed.ticket == stop_ticket_) tell_stopped();
}

void PahoClient::tell_stopped() {
    for (const auto& stopped : std::exchange(stopped_, {})) {
        if (stopped) stopped();
    }
}

void PahoClient::on(std::uint64_t, const Published& published) {
    const auto found = publishes_.find(published.id);
    if (found == publishes_.end()) return;  // told already when its session ended
    auto pending = std::move(found->second);
    publishes_.erase(found);
    pending_bytes_ -= pending.bytes;
    --handed_;
    send_waiting();
    ++(published.result.ok ? counters_.published : counters_.failed_publishes);
    if (pending.done) pending.done(published.result);
}

void PahoClient::on(std::uint64_t, const Subscribed& subscribed) {
    const auto found = subscribes_.find(subscribed.id);
    if (found == subscribes_.end()) return;
    const auto done = std::move(found->second);
    subscribes_.erase(found);
    if (done) done(subscribed.result);
}

void PahoClient::on(std::uint64_t session, const Message& message) {
    if (!connected() || session != connector_.session()) {
        ++counters_.dropped_messages;
        return;
    }
    ++counters_.messages;
    listener_.message(message);
}

void PahoClient::fail_pending() {
    const auto publishes = std::exchange(publishes_, {});
    const auto subscribes = std::exchange(subscribes_, {});
    pending_bytes_ = 0;
    waiting_.clear();
    handed_ = 0;
    counters_.failed_publishes += publishes.size();
    for (const auto& [id, pending] : publishes) {
        if (pending.done) pending.done({});
    }
    for (const auto& [id, done] : subscribes) {
        if (done) done({});
    }
}

}  // namespace plus7::mqtt
