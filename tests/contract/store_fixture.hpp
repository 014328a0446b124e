// A database with central's schema and one enrolled device, on either engine.
#pragma once
#include "central/store/migrations.hpp"
#include "shared/core/random.hpp"
#include "tests/shared/sql/engines.hpp"

namespace plus7::test {

template <typename Engine>
struct StoreFixture {
    Engine engine;
    std::unique_ptr<sql::Database> db = engine.open();
    core::DeviceId device = core::DeviceId::random();
    core::Epoch epoch = core::random_id<core::Epoch>();
    core::TimeUs now = core::time_us(1'800'000'000'000'000);

    StoreFixture() {
        const auto all = central::store::migrations();
        sql::migrate(*db, all).value();
        run([&](sql::Tx& tx) {
            tx.exec(
                "INSERT INTO device (device_id, label, state, version, created_us) VALUES ($1, 'a', 'enrolled', 1, $2)",
                device, now);
        });
    }
    // Both must succeed; gives what fn gives.
    template <typename Fn>
    auto run(Fn fn) {
        auto result = db->write(fn);
        REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().message));
        if constexpr (!std::is_void_v<std::invoke_result_t<Fn&, sql::Tx&>>) return std::move(*result);
    }
    template <typename Fn>
    auto ask(Fn fn) {
        auto result = db->read(fn);
        REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().message));
        return std::move(*result);
    }
};

}  // namespace plus7::test
