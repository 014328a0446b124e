// bench_ingest [--handhelds N] [--blocks N] [--rounds N] [--window N] [ENGINE…]: durable track blocks a second through a
// real broker into a real central, beside what such a broker carries to a subscriber that only counts.
//
// Both sides take the same messages (one block of 60 fixes in each) from the same load generator over plain loopback
// connections, in turns. Ours ends when central's acks cover everything: decoded, checked and committed (SQLite with
// synchronous=FULL, PostgreSQL with fsync). ENGINE: sqlite, postgres; both when none is named.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "tests/bench/ingest/side.hpp"
#include "tests/support/mosquitto.hpp"
#include "tests/support/postgres.hpp"

namespace {

using namespace plus7;
using namespace plus7::bench;

constexpr double least_ratio = 0.5, least_positions = 0.5e6;

struct Plan {
    std::size_t handhelds = 64, blocks = 300, rounds = 5, window = 12;
    std::vector<std::string> engines{};
};

Plan read_plan(int argc, char** argv) {
    Plan plan;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--help") {
            std::printf("bench_ingest [--handhelds N] [--blocks N] [--rounds N] [--window N] [sqlite] [postgres]\n");
            std::exit(0);
        }
        std::size_t* number = nullptr;
        if (word == "--handhelds") number = &plan.handhelds;
        if (word == "--blocks") number = &plan.blocks;
        if (word == "--rounds") number = &plan.rounds;
        if (word == "--window") number = &plan.window;
        if (number != nullptr && i + 1 < argc) {
            *number = std::stoul(argv[++i]);
        } else if (word == "sqlite" || word == "postgres") {
            plan.engines.push_back(word);
        } else {
            throw std::invalid_argument("unknown argument " + word);
        }
    }
    if (plan.engines.empty()) plan.engines = {"sqlite", "postgres"};
    return plan;
}

double median(std::vector<double> values) {
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
    return values[values.size() / 2];
}

struct Rates {
    std::vector<double> blocks, ratios, cpu;
};

void print(const std::string& name, const Rates& rates) {
    const auto blocks = median(rates.blocks);
    const auto positions = blocks * static_cast<double>(fixes_per_block);
    const auto ratio = median(rates.ratios);
    std::printf("%s: %.0f blocks/s, %.2f M positions/s, %.0f us of central's CPU a block\n", name.c_str(), blocks,
                positions / 1e6, median(rates.cpu));
    std::printf("  beside the ceiling: %.2f (must reach %.2f): %s\n", ratio, least_ratio,
                ratio >= least_ratio ? "reached" : "NOT REACHED");
    std::printf("  positions: %.2f of the limit of %.1f M/s: %s\n", positions / least_positions, least_positions / 1e6,
                positions >= least_positions ? "reached" : "NOT REACHED");
}

double ceiling(const test::Mosquitto& broker, std::vector<LoadLine> lines, std::size_t window) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        lines[i].topic = "ceiling/" + std::to_string(i);
        lines[i].answers.clear();
        lines[i].done_by = {};
    }
    const auto count = static_cast<double>(lines.size() * lines.front().messages.size());
    return count / publish_and_count({broker.port(), window}, lines, "ceiling/#");
}

void run(const Plan& plan) {
    const test::Mosquitto bare(std::string(test::Mosquitto::quiet) + "max_queued_messages 0\n" + test::Mosquitto::open_config);
    std::optional<test::PostgresServer> postgres;
    std::vector<std::unique_ptr<Side>> sides;
    const test::TempDir folder;
    for (const auto& engine : plan.engines) {
        const bool on_postgres = engine == "postgres";
        if (on_postgres) postgres.emplace(true);
        const auto dsn = on_postgres ? postgres->fresh_database() : "sqlite:" + folder.file("central.db");
        const auto name = on_postgres ? "PostgreSQL, fsync" : "SQLite, synchronous=FULL";
        sides.push_back(std::make_unique<Side>(name, dsn, plan.handhelds));
    }

    std::vector<double> ceilings;
    std::vector<Rates> rates(sides.size());
    for (std::size_t round = 0; round < plan.rounds; ++round) {
        const auto top = ceiling(bare, Handhelds(plan.handhelds).blocks(plan.blocks), plan.window);
        ceilings.push_back(top);
        std::printf("round %zu: ceiling %.0f", round + 1, top);
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const auto ours = sides[i]->run(plan.blocks, plan.window);
            rates[i].blocks.push_back(ours.blocks_per_second);
            rates[i].ratios.push_back(ours.blocks_per_second / top);
            rates[i].cpu.push_back(ours.cpu_us);
            std::printf(", %s %.0f", plan.engines[i].c_str(), ours.blocks_per_second);
        }
        std::printf(" blocks/s\n");
        std::fflush(stdout);
    }
    std::printf("\n%zu connections, one block of %zu fixes a batch, window %zu, medians of %zu rounds\n", plan.handhelds,
                fixes_per_block, plan.window, plan.rounds);
    std::printf("the ceiling, mosquitto to a counting subscriber: %.0f messages/s\n", median(ceilings));
    for (std::size_t i = 0; i < sides.size(); ++i) {
        print(sides[i]->name(), rates[i]);
        std::printf("  verify: %s", sides[i]->verify().c_str());
    }
}

}  // namespace

int main(int argc, char** argv) try {
    run(read_plan(argc, argv));
    return 0;
} catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "bench_ingest: %s\n", error.what());
    return 2;
} catch (const std::exception& error) {
    std::fprintf(stderr, "bench_ingest: %s\n", error.what());
    return 1;
}
