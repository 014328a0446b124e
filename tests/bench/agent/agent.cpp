// bench_agent [--seconds N] [--plain-disk]: what plus7-agent costs a handheld. A real agent, enrolled, on shift and
// connected by TLS, with a real gpsd at one fix a second that all turn, so that each is kept; its data on an ext4 disk
// of its own. As root.
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <numbers>
#include <stdexcept>
#include <thread>

#include "agent/handheld/control_client.hpp"
#include "tests/bench/agent/loop_disk.hpp"
#include "tests/bench/agent/page_camera.hpp"
#include "tests/bench/process_figures.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/gpsfake.hpp"
#include "tests/system/agent_process.hpp"
#include "tests/system/central_process.hpp"
#include "tests/system/staff_client.hpp"
#include "tests/tracks/nmea_writer.hpp"

namespace {

using namespace plus7;
using namespace plus7::bench;
using Clock = std::chrono::steady_clock;

constexpr double mib = 1024.0 * 1024.0;

// A courier on a bicycle who weaves: 35 degrees to and fro, every second.
std::string weaving_nmea(std::chrono::seconds length) {
    constexpr double speed_mps = 6, metres_per_degree = 111'195, swing_deg = 35;
    std::vector<model::Fix> fixes;
    core::LatLon place{55.75, 37.62};
    for (int second = 0; second < length.count(); ++second) {
        model::Fix fix;
        fix.time = core::time_ms(second * 1000);
        fix.place = place;
        fix.speed_mps = speed_mps;
        fix.course_deg = 90 + (second % 2 == 0 ? swing_deg / 2 : -swing_deg / 2) + (second / 60) % 4 * 90;
        fix.course_deg = std::fmod(*fix.course_deg + 360, 360);
        const double way = *fix.course_deg * std::numbers::pi / 180;
        place.lat += speed_mps * std::cos(way) / metres_per_degree;
        place.lon += speed_mps * std::sin(way) / metres_per_degree / std::cos(place.lat * std::numbers::pi / 180);
        fixes.push_back(fix);
    }
    return test::to_nmea(fixes, std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
}

class Handheld {
  public:
    Handheld(test::CentralProcess& central, std::uint16_t gpsd_port, bool gathers)
        : staff_(central.url(), central.setup_token()), agent_(gpsd_port), disk_(agent_.data(), 1024, gathers) {
        const auto carried = staff_.courier_with_device("Мерин Тест", "B-1");
        const auto enrolled = agent_.enroll(carried.link);
        if (enrolled.code != 0) throw std::runtime_error("not enrolled: " + enrolled.output);
        agent_.start();
        const bool working = test::eventually([&] { return agent_.command({"shift", "start"}).code == 0; });
        if (!working) throw std::runtime_error("no shift: " + agent_.output());
    }

    pid_t pid() const { return agent_.pid(); }
    std::uint64_t written() const { return disk_.written(); }
    std::filesystem::path page_address() const { return agent_.data() / "page.url"; }

    double gauge(const std::string& name) const {
        const auto reply = control().get("/metrics");
        if (!reply || reply->status != 200) throw std::runtime_error("the agent shows no figures");
        const auto at = reply->body.find("\n" + name + " ");
        if (at == std::string::npos) throw std::runtime_error("the agent does not show " + name);
        return std::stod(reply->body.substr(at + name.size() + 2));
    }

    // From the start of the program, with nothing of it in memory, to the first scan that is durable.
    double cold_start_s() {
        agent_.stop();
        ::sync();
        std::ofstream("/proc/sys/vm/drop_caches") << 3;
        const auto start = Clock::now();
        const test::Process process({PLUS7_AGENT, "--config", agent_.config(), "run"});
        const auto code = "BENCH-" + std::to_string(++scans_);
        const bool scanned = test::eventually([&] {
            const auto reply = control().post("/scan", "application/octet-stream", code);
            return reply && reply->status == 201;
        });
        if (!scanned) throw std::runtime_error("no scan after a start: " + process.output());
        return std::chrono::duration<double>(Clock::now() - start).count();
    }

  private:
    agent::handheld::ControlClient control() const {
        return agent::handheld::ControlClient(agent_.data() / "control.sock");
    }

    test::StaffClient staff_;
    test::AgentProcess agent_;
    LoopDisk disk_;
    int scans_ = 0;
};

std::uint64_t stripped_size(const std::string& program) {
    const test::TempDir dir;
    test::Process strip({"strip", "-o", dir.file("stripped"), program});
    if (strip.wait() != 0) throw std::runtime_error("strip failed: " + strip.output());
    return std::filesystem::file_size(dir.file("stripped"));
}

void print(const char* what, double ours, double limit, const char* unit) {
    std::printf("%-34s %9.2f %-6s limit %8.2f  ratio %.2f  %s\n", what, ours, unit, limit, ours / limit,
                ours <= limit ? "reached" : "NOT REACHED");
}

// Both processes while the camera is open, against what the unit gives them together (packaging/systemd).
void measure_camera(const Handheld& handheld) {
    constexpr int pictures = 100;
    constexpr double memory_high_mib = 48;
    const auto alone = static_cast<double>(shared_out_bytes(handheld.pid()));
    PageCamera camera(handheld.page_address());
    camera.show(1);
    const auto began = Clock::now();
    camera.show(pictures);
    const auto took = std::chrono::duration<double, std::milli>(Clock::now() - began);
    const auto children = children_of(handheld.pid());
    if (children.size() != 1) throw std::runtime_error("no process that reads the pictures");
    const auto agent = static_cast<double>(shared_out_bytes(handheld.pid()));
    const auto reader = static_cast<double>(shared_out_bytes(children.front()));
    std::printf(
        "camera open, PSS: agent %.1f MiB (%.1f before), reader %.1f MiB (peak of its RSS %.1f), %.0f ms a picture\n",
        agent / mib, alone / mib, reader / mib, static_cast<double>(resident_peak(children.front())) / mib,
        took.count() / pictures);
    print("agent and reader, camera open", (agent + reader) / mib, memory_high_mib, "MiB");
}

struct Plan {
    std::chrono::seconds length{100};
    bool plain_disk = false;  // ext4 as it is mounted without options
};

Plan read_plan(int argc, char** argv) {
    Plan plan;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--help") {
            std::printf(
                "bench_agent [--seconds N] [--plain-disk]\n"
                "  --seconds N   how long it is watched (100)\n"
                "  --plain-disk  ext4 without the mount options of firmware-config\n");
            std::exit(0);
        }
        if (word == "--plain-disk") {
            plan.plain_disk = true;
        } else if (word == "--seconds" && i + 1 < argc) {
            plan.length = std::chrono::seconds{std::stoi(argv[++i])};
        } else {
            throw std::invalid_argument("unknown argument " + word);
        }
    }
    return plan;
}

void run(const Plan& plan) {
    const auto length = plan.length;
    constexpr double pause_between_sentences_s = 1.0 / 3;  // three make a fix
    const test::Gpsfake gpsd(weaving_nmea(length + std::chrono::minutes{2}), pause_between_sentences_s);
    test::CentralProcess central;
    Handheld handheld(central, gpsd.port(), !plan.plain_disk);
    const bool fixed =
        test::eventually([&] { return handheld.gauge("plus7_agent_fixes") > 5; }, std::chrono::seconds{30});
    if (!fixed || handheld.gauge("plus7_agent_connected") != 1) throw std::runtime_error("no fixes, or no connection");

    const auto cpu = cpu_seconds(handheld.pid());
    const auto fixes = handheld.gauge("plus7_agent_fixes");
    const auto kept = handheld.gauge("plus7_agent_fixes_kept");
    const auto written = handheld.written();
    std::this_thread::sleep_for(length);  // what is measured is this time
    const auto used = cpu_seconds(handheld.pid()) - cpu;
    const auto seen = handheld.gauge("plus7_agent_fixes") - fixes;
    const auto saved = handheld.gauge("plus7_agent_fixes_kept") - kept;
    const auto flashed = static_cast<double>(handheld.written() - written);
    const auto resident = static_cast<double>(resident_bytes(handheld.pid()));

    std::printf("%.0f fixes in %lld s, %.0f of them kept; connected, on shift\n", seen,
                static_cast<long long>(length.count()), saved);
    print("resident memory, with TLS", resident / mib, 16, "MiB");
    print("CPU per fix", used * 1e6 / seen, 400, "us");
    print("flash bytes per kept fix, ext4", flashed / saved, 1000, "bytes");
    measure_camera(handheld);

    std::vector<double> starts;
    for (int i = 0; i < 5; ++i) starts.push_back(handheld.cold_start_s());
    std::ranges::sort(starts);
    print("cold start to the first durable act", starts[starts.size() / 2], 1, "s");
    std::printf("%-34s %9.2f MiB\n", "program file, stripped", static_cast<double>(stripped_size(PLUS7_AGENT)) / mib);
}

}  // namespace

int main(int argc, char** argv) try {
    run(read_plan(argc, argv));
    return 0;
} catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "bench_agent: %s\n", error.what());
    return 2;
} catch (const std::exception& error) {
    std::fprintf(stderr, "bench_agent: %s\n", error.what());
    return 1;
}
