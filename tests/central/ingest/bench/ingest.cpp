// How many facts and track blocks a second go through ingest into the database: 64 handhelds, batches of 20 facts or 8
// blocks of 60 fixes, each handheld with its next batch at once. Usage: bench_ingest [sqlite|postgres] [batches each]
#include <chrono>
#include <cstdio>

#include "tests/central/ingest/bench/bench_world.hpp"

int main(int argc, char** argv) {
    using namespace plus7::test;
    const bool postgres = argc > 1 && std::string_view(argv[1]) == "postgres";
    const auto batches = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 40UL;
    BenchWorld world(postgres, 64);
    std::printf("%s\n", postgres ? "PostgreSQL (test server: fsync off)" : "SQLite (WAL, synchronous=FULL)");
    std::printf("facts:  %.0f a second\n", world.facts(batches, 20));
    std::printf("blocks: %.0f a second (60 fixes each)\n", world.blocks(batches, 8));
    const auto stats = world.stats();
    std::printf("units per commit: %.1f\n", static_cast<double>(stats.units) / static_cast<double>(stats.commits));
}
