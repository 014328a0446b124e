#include "tests/bench/ingest/side.hpp"

#include <stdexcept>

#include "central/store/migrations.hpp"
#include "shared/http/client.hpp"
#include "shared/sql/postgres_connection.hpp"
#include "tests/bench/process_figures.hpp"
#include "tests/support/eventually.hpp"
#include "tests/system/figures.hpp"

namespace plus7::bench {

std::unique_ptr<sql::Database> open_database(const std::string& dsn) {
    sql::DatabaseOptions options;
    options.dsn = dsn;
    auto database = sql::Database::open(std::move(options), sql::postgres_factory());
    if (!database) throw std::runtime_error(database.error().message);
    const auto all = central::store::migrations();
    if (const auto done = sql::migrate(**database, all); !done) throw std::runtime_error(done.error().message);
    return std::move(*database);
}

void expect_ready(const test::CentralProcess& central) {
    auto client = http::Client::make();
    if (!client) throw std::runtime_error(client.error().message);
    const bool ready = test::eventually([&] {
        const auto reply = client->call({http::Method::get, central.url() + "/readyz"});
        return reply && reply->status == 200;
    });
    if (!ready) throw std::runtime_error("central does not become ready");
}

Side::Side(std::string name, const std::string& database, std::size_t handhelds)
    : name_(std::move(name)), handhelds_(handhelds) {
    enrol(*open_database(database), handhelds_.devices());
    central_ = std::make_unique<test::CentralProcess>(broker_.setup("bench", database));
    expect_ready(*central_);
    std::vector<LoadLine> hellos;
    for (const auto& device : handhelds_.devices()) hellos.push_back(hello_of(device));
    publish_all({broker_.port()}, hellos);
}

Round Side::run(std::size_t blocks_each, std::size_t window) {
    auto lines = handhelds_.blocks(blocks_each);
    const auto count = lines.size() * blocks_each;
    const auto cpu_before = cpu_seconds(central_->pid());
    const auto took = publish_all({broker_.port(), window}, lines);
    const auto cpu = cpu_seconds(central_->pid()) - cpu_before;
    sent_ += count;
    const auto counted = test::Figures(central_->url()).sum("plus7_ingest_records_total", "what=\"block\"");
    if (counted != sent_)
        throw std::runtime_error(name_ + ": " + std::to_string(sent_) + " blocks were sent, central counts " +
                                 std::to_string(counted));
    return {static_cast<double>(count) / took, cpu * 1e6 / static_cast<double>(count)};
}

std::string Side::verify() {
    central_->stop();
    const auto [code, output] = central_->command({"verify"});
    if (code != 0) throw std::runtime_error(name_ + ": " + output);
    return output;
}

}  // namespace plus7::bench
