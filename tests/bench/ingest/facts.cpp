// bench_facts [--couriers N] [--parcels N] [--rounds N] [ENGINE…]: signed facts of custody a second, through a real broker
// into a real central: signature and chain checked, custody, order, story and the views of the handhelds changed, all of
// it committed (SQLite with synchronous=FULL, PostgreSQL with fsync), which central's acks say.
//
// Each courier takes over so many parcels and delivers them, in batches of 64 facts; the orders are planned for him.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "tests/bench/ingest/couriers.hpp"
#include "tests/bench/ingest/side.hpp"
#include "tests/bench/process_figures.hpp"
#include "tests/support/postgres.hpp"

namespace {

using namespace plus7;
using namespace plus7::bench;

constexpr double least_facts = 2000;

struct Plan {
    std::size_t couriers = 8, parcels = 256, rounds = 3;
    std::vector<std::string> engines{"sqlite", "postgres"};
};

// A central on one engine, with a broker of its own.
class Office {
  public:
    Office(const Plan& plan, const std::string& dsn)
        : plan_(plan), couriers_(*open_database(dsn), plan.couriers, plan.parcels * plan.rounds) {
        central_ = std::make_unique<test::CentralProcess>(broker_.setup("bench", dsn));
        expect_ready(*central_);
        auto hellos = couriers_.hellos();
        publish_all({broker_.port()}, hellos);
    }

    struct Round {
        double per_second = 0, cpu_us = 0;
    };
    Round run() {
        auto lines = couriers_.day(plan_.parcels);
        const auto count = static_cast<double>(couriers_.count() * plan_.parcels * 2);
        const auto cpu_before = cpu_seconds(central_->pid());
        const auto took = publish_all({broker_.port(), 4}, lines);
        return {count / took, (cpu_seconds(central_->pid()) - cpu_before) * 1e6 / count};
    }
    void verify() {
        central_->stop();
        if (const auto [code, output] = central_->command({"verify"}); code != 0) throw std::runtime_error(output);
    }

  private:
    Plan plan_;
    test::OutsideBroker broker_{true};
    Couriers couriers_;
    std::unique_ptr<test::CentralProcess> central_;
};

double median(std::vector<double> values) {
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
    return values[values.size() / 2];
}

void measure(const Plan& plan, const std::string& engine, const std::string& dsn) {
    Office office(plan, dsn);
    std::vector<double> rates, cpu;
    for (std::size_t round = 0; round < plan.rounds; ++round) {
        const auto told = office.run();
        rates.push_back(told.per_second);
        cpu.push_back(told.cpu_us);
    }
    office.verify();
    const auto rate = median(rates);
    std::printf("%s: %.0f facts/s, %.0f us of central's CPU a fact; %.2f of the limit of %.0f: %s\n", engine.c_str(), rate,
                median(cpu), rate / least_facts, least_facts, rate >= least_facts ? "reached" : "NOT REACHED");
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App cli{"Signed facts of custody a second, applied and durable"};
    Plan plan;
    cli.add_option("--couriers", plan.couriers, "each with a handheld of his own")->check(CLI::Range(1, 64));
    cli.add_option("--parcels", plan.parcels, "of each courier in a round; a multiple of 64")->check(CLI::Range(64, 1024));
    cli.add_option("--rounds", plan.rounds, "the median counts")->check(CLI::Range(1, 20));
    cli.add_option("engines", plan.engines, "sqlite, postgres")->check(CLI::IsMember({"sqlite", "postgres"}));
    CLI11_PARSE(cli, argc, argv);
    try {
        std::printf("%zu handhelds, %zu facts of each in a round, batches of %zu, median of %zu rounds\n", plan.couriers,
                    plan.parcels * 2, facts_per_batch, plan.rounds);
        for (const auto& engine : plan.engines) {
            const test::TempDir folder;
            std::optional<test::PostgresServer> postgres;
            if (engine == "postgres") postgres.emplace(true);
            measure(plan, engine, postgres ? postgres->fresh_database() : "sqlite:" + folder.file("central.db"));
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_facts: %s\n", error.what());
        return 1;
    }
    return 0;
}
