#include "tests/fleet/courier.hpp"

#include <future>

#include "shared/runtime/log.hpp"
#include "shared/runtime/version.hpp"

namespace plus7::fleet {

Courier::Courier(runtime::Loop& loop, runtime::Workers& storage, core::Clock& clock, CourierOptions options)
    : loop_(loop), storage_(storage), clock_(clock), options_(std::move(options)) {}

void Courier::start() {
    const bool queued = on_storage([this] {
        const auto identity = open();
        loop_.post([this, identity] { opened(identity); });
    });
    if (!queued) opened(core::unavailable("the storage thread is too busy"));
}

core::Result<store::Identity> Courier::open() {
    const store::IdentityFiles files(options_.dir);
    const auto identity = store::load_identity(files);
    if (!identity) return identity.error();
    if (!shared_->motion) {
        auto motion = options_.motion();
        if (!motion) return motion.error();
        shared_->motion = std::move(*motion);
    }
    auto kit = Kit::open(files, identity->device, clock_, *shared_->motion, options_.seed);
    if (!kit) return kit.error();
    shared_->kit = std::move(*kit);
    return *identity;
}

void Courier::opened(const core::Result<store::Identity>& identity) {
    if (!identity) {
        runtime::log_error("a courier cannot work", {{"courier", options_.code}, {"reason", identity.error().message}});
        return;
    }
    if (stopping_) return;
    auto& kit = *shared_->kit;  // nobody else has it before its first job
    sync_ = std::make_unique<agent::sync::SyncClient>(loop_, storage_, kit.stores(), clock_, sync_options(*identity));
    auto& session = sync_->session();
    kit.connect({[&session](const model::Fix& fix) { session.offer_live(fix); }, [&session] { session.wake(); }});
    on_storage([&kit] { kit.begin(); });
    sync_->start();
    second_ = loop_.every(std::chrono::seconds{1}, [this] { second(); });
}

SyncOptions Courier::sync_options(const store::Identity& identity) {
    auto& kit = *shared_->kit;
    const std::string version(runtime::version);
    SyncOptions options{.identity = identity,
                        .data_dir = options_.dir,
                        .session = {.device = identity.device,
                                    .ca_pem = store::load_text(store::IdentityFiles(options_.dir).authority()).value(),
                                    .boot = kit.boot(),
                                    .versions = {{"agent", version}, {"fleet", version}}}};
    if (options_.bad_line) connect_through_proxy(options.identity);
    options.session.on_policy = [&kit](const wire::Policy& policy) { kit.policy(policy); };
    options.session.on_view = [&kit] { kit.view_changed(); };
    options.session.restart_process = [this] { loop_.post([this] { crash(); }); };
    return options;
}

// The certificate of a managed broker names 127.0.0.1, whatever else it names.
void Courier::connect_through_proxy(store::Identity& identity) {
    if (!proxy_) {
        proxy_ = std::make_unique<test::Proxy>(loop_, identity.broker_host, identity.broker_port);
        proxy_port_ = proxy_->listen().value();
        if (begin_offline_ > std::chrono::milliseconds{0}) proxy_->outage(begin_offline_);
    }
    identity.broker_host = "127.0.0.1";
    identity.broker_port = proxy_port_;
}

void Courier::second() {
    if (second_queued_.exchange(true)) return;
    const bool queued = on_storage([this] {
        second_queued_ = false;
        shared_->kit->second(options_.speed_up, sync_->session().online());
    });
    if (!queued) second_queued_ = false;
}

void Courier::add_to(Totals& totals) const {
    if (!shared_->kit) return;
    auto& kit = *shared_->kit;
    if (kit.shift().open()) ++totals.on_shift;
    totals.fixes += shared_->before.fixes + kit.counters().fixes;
    totals.scans += shared_->before.scans + kit.counters().scans;
    totals.errors += shared_->before.errors + kit.counters().errors;
    totals.unacked += kit.stores().unacked();
}

void Courier::offline(std::chrono::milliseconds time) {
    if (proxy_) return proxy_->outage(time);
    begin_offline_ = time;
}

bool Courier::crash() {
    if (!sync_ || stopping_) return false;
    // When this job runs, all that the client and the timer have queued has run; nothing new comes, because this
    // handler holds the loop. So the client may go although the storage thread works on.
    auto idle = std::make_shared<std::promise<void>>();
    auto reached = idle->get_future();
    if (!on_storage([this, idle] {
            shared_->kit->connect({});
            idle->set_value();
        }))
        return false;
    reached.wait();
    second_.cancel();
    second_queued_ = false;
    if (proxy_) proxy_->cut();
    sync_.reset();
    const bool queued = on_storage([shared = shared_] {
        shared->before.fixes += shared->kit->counters().fixes;
        shared->before.scans += shared->kit->counters().scans;
        shared->before.errors += shared->kit->counters().errors;
        shared->kit.reset();
    });
    if (queued) start();
    return queued;
}

void Courier::stop(std::function<void()> stopped) {
    stopping_ = true;
    second_.cancel();
    const bool queued = sync_ && on_storage([this, stopped] {
                            shared_->kit->stop();
                            loop_.post([this, stopped] { sync_->stop(stopped); });
                        });
    if (!queued) stopped();
}

bool Courier::on_storage(std::function<void()> job) { return storage_.submit(std::move(job)).ok(); }

}  // namespace plus7::fleet
