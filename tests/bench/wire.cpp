// bench_wire FILE…: bytes and CPU time per fix of the track block on recorded tracks (GPX or NMEA 0183), against the
// entropy floor of the same track.
//
// The floor (tests/tracks/floor.hpp): columns rounded as the block rounds them; per column the zeroth-order Shannon
// entropy of the neighbours' differences (first or second, whichever is smaller) over the whole file; no cost for the
// model, the first fix or a head. Ours counts every byte of every block. GPX tracks without speed and course get both
// from the places, from the past only (tests/tracks/tracks.hpp), no accuracy; NMEA tracks have what RMC and GGA say.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <span>
#include <vector>

#include "shared/wire/track_block.hpp"
#include "shared/wire/track_open.hpp"
#include "tests/bench/wire_sizes.hpp"
#include "tests/tracks/floor.hpp"
#include "tests/tracks/tracks.hpp"

namespace {

using namespace plus7;
using Fixes = std::vector<model::Fix>;

double cpu_ns() {
    std::timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

double per_fix(double total, const Fixes& fixes) { return total / static_cast<double>(fixes.size()); }

struct Measure {
    double bytes = 0;      // per fix
    double encode_ns = 0;  // per fix, median of the rounds
    double decode_ns = 0;
};

std::vector<core::Bytes> encode_all(const Fixes& fixes, std::size_t per_block) {
    std::vector<core::Bytes> blocks;
    for (std::size_t i = 0; i < fixes.size(); i += per_block) {
        blocks.push_back(
            wire::encode_track_block(std::span{fixes}.subspan(i, std::min(per_block, fixes.size() - i))).value());
    }
    return blocks;
}

Measure measure(const Fixes& fixes, std::size_t per_block) {
    constexpr std::size_t rounds = 9;
    std::vector<double> encoding;
    std::vector<double> decoding;
    std::size_t bytes = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        const double start = cpu_ns();
        const auto blocks = encode_all(fixes, per_block);
        const double middle = cpu_ns();
        std::size_t count = 0;
        for (const core::Bytes& block : blocks) count += wire::decode_track_block(block).value().fixes.size();
        const double end = cpu_ns();
        if (count != fixes.size()) throw std::runtime_error("fixes were lost");
        encoding.push_back(middle - start);
        decoding.push_back(end - middle);
        bytes = 0;
        for (const core::Bytes& block : blocks) bytes += block.size();
    }
    std::ranges::nth_element(encoding, encoding.begin() + rounds / 2);
    std::ranges::nth_element(decoding, decoding.begin() + rounds / 2);
    return {per_fix(static_cast<double>(bytes), fixes), per_fix(encoding[rounds / 2], fixes),
            per_fix(decoding[rounds / 2], fixes)};
}

void print_others(const Fixes& fixes) {
    double json = 0;
    double cbor = 0;
    for (const model::Fix& fix : fixes) {
        const auto sample = wire::to_sample(fix, wire::PositionUnit::e5).value();
        json += static_cast<double>(bench::owntracks_json(sample));
        cbor += static_cast<double>(bench::cbor_array(sample));
    }
    double open = 0;
    for (std::size_t i = 0; i < fixes.size(); i += 10) {
        const auto row =
            wire::encode_open_fixes(std::span{fixes}.subspan(i, std::min<std::size_t>(10, fixes.size() - i)));
        open += static_cast<double>(row.value().size());
    }
    std::printf("  others, bytes per fix: OwnTracks JSON %.1f, CBOR array %.1f; open rows of 10 fixes %.2f\n",
                per_fix(json, fixes), per_fix(cbor, fixes), per_fix(open, fixes));
}

bool report(const char* path) {
    const auto fixes = test::read_track(path);
    if (!fixes) {
        std::fprintf(stderr, "%s\n", fixes.error().message.c_str());
        return false;
    }
    const test::Floor floor = test::entropy_floor(*fixes);
    std::printf("%s: %zu fixes\n  floor %.3f bytes per fix; bits:", path, fixes->size(), floor.bytes_per_fix());
    for (const test::FloorColumn& column : floor.columns)
        std::printf(" %s %.2f", column.name.c_str(), column.bits_per_fix);
    std::printf("\n");
    for (const auto& [per_block, limit] : {std::pair{std::size_t{60}, 1.35}, std::pair{std::size_t{600}, 1.0}}) {
        const Measure ours = measure(*fixes, per_block);
        const double ratio = ours.bytes / floor.bytes_per_fix();
        std::printf(
            "  %3zu per block: %.3f bytes per fix = %.3f x floor (limit %.2f): %s; CPU per fix: encode %.0f ns, "
            "decode %.0f ns\n",
            per_block, ours.bytes, ratio, limit, ratio <= limit ? "reached" : "NOT REACHED", ours.encode_ns,
            ours.decode_ns);
    }
    print_others(*fixes);
    return true;
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_wire FILE…   (GPX or NMEA 0183 tracks)\n");
        return 2;
    }
    bool sound = true;
    for (int i = 1; i < argc; ++i) sound = report(argv[i]) && sound;
    return sound ? 0 : 1;
} catch (const std::exception& error) {
    std::fprintf(stderr, "bench_wire: %s\n", error.what());
    return 1;
}
