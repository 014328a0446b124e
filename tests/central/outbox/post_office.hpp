// A database with webhooks and effects, and a relay that sends them to a real server; time is set by hand.
#pragma once
#include <atomic>

#include "central/app/effects/outbox.hpp"
#include "central/outbox/webhook_sender.hpp"
#include "central/store/migrations.hpp"
#include "shared/core/random.hpp"
#include "tests/central/outbox/receiver.hpp"
#include "tests/shared/sql/engines.hpp"
#include "tests/support/eventually.hpp"

namespace plus7::test {

namespace outbox = central::outbox;
namespace store = central::store;

class HandClock final : public core::Clock {
  public:
    core::TimeUs now() override { return core::time_us(us_); }
    std::chrono::milliseconds mono() override { return std::chrono::milliseconds{us_ / 1000}; }
    void advance(std::chrono::microseconds by) { us_ += by.count(); }

  private:
    std::atomic<std::int64_t> us_{1'795'000'000'000'000};
};

// One central's part of the work.
struct Postman {
    Postman(sql::Database& db, HandClock& clock, const crypto::SecretKey& key, outbox::WebhookOptions options)
        : sender(outbox::WebhookSender::make(db, clock, key, std::move(options)).value()),
          relay(db, clock, metrics,
                {{"webhook", [this](const store::EffectRow& effect) { return sender->send(effect); }}}) {}

    runtime::Metrics metrics;
    std::unique_ptr<outbox::WebhookSender> sender;
    outbox::Relay relay;
};

template <typename Engine>
struct PostOffice {
    Engine engine;
    std::unique_ptr<sql::Database> db = engine.open();
    HandClock clock;
    crypto::SecretKey key = crypto::SecretKey::random();
    std::string secret;  // of the last webhook
    std::unique_ptr<Postman> postman;

    explicit PostOffice(std::chrono::milliseconds timeout = std::chrono::seconds{10}) {
        sql::migrate(*db, store::migrations()).value();
        postman = make_postman(timeout);
    }
    std::unique_ptr<Postman> make_postman(std::chrono::milliseconds timeout = std::chrono::seconds{10}) {
        outbox::WebhookOptions options;
        options.allow_private = true;
        options.timeout = timeout;
        return std::make_unique<Postman>(*db, clock, key, options);
    }
    std::string webhook(const std::string& url) {
        const auto made = db->write([&](sql::Tx& tx) {
                                return central::app::webhooks::create(tx, key, {}, "Лавка", url, clock.now());
                            }).value();
        secret = made.secret;
        return made.webhook.id;
    }
    core::EventId put(const std::string& webhook, const std::string& key_part, const std::string& body) {
        store::EffectRow effect;
        effect.id = core::random_id<core::EventId>();
        effect.destination = "webhook";
        effect.target = webhook;
        effect.key = webhook + "/" + key_part;
        effect.kind = "order.status";
        effect.subject = "A-10001";
        effect.body = body;
        effect.made = effect.due = clock.now();
        effect.give_up = clock.now() + std::chrono::hours{48};
        db->write([&](sql::Tx& tx) { CHECK(store::insert_effect(tx, effect)); }).value();
        return effect.id;
    }
    std::int64_t count(const std::string& where = "1 = 1") {
        return number(*db, "SELECT COUNT(*) FROM outbox WHERE " + where);
    }
    void turn() { postman->relay.turn().value(); }
    // A turn, and all that it begins has ended and is written down.
    void work() {
        turn();
        CHECK(eventually([&] { return postman->relay.is_idle() && count("lease_us > 0") == 0; }));
    }
    std::string reason() {
        return db->read([](sql::Tx& tx) { return tx.one("SELECT reason FROM outbox")->template get<std::string>(0); })
            .value();
    }
};

}  // namespace plus7::test
