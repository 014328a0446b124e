// bench_office [--lines N] [--bags N] [ENGINE…]: what an office waits for, asked of a real central as the console asks:
// a partner's file is read, its parcels are taken in, put into bags, and a bag is taken in by one scan. All of it is
// committed (SQLite with synchronous=FULL, PostgreSQL with fsync) before central answers.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>

#include "tests/bench/process_figures.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/postgres.hpp"
#include "tests/system/central_process.hpp"
#include "tests/system/staff_client.hpp"

namespace {

using namespace plus7;
using namespace plus7::bench;
using Seconds = std::chrono::duration<double>;

constexpr std::size_t bag_parcels = 300;        // most that a bag holds
constexpr double least_lines = 10'000 / 120.0;  // a second: ten thousand in two minutes, while their progress is shown
constexpr double scan_limit_ms = 100;           // 99 of 100: who scans does not wait for the answer
constexpr double bag_limit_ms = 2000;           // a bag's scan stands for hundreds
constexpr double first_page_limit_ms = 100;     // the room of orders, with all of them there

struct Plan {
    std::size_t lines = 10'000, bags = 5;
    std::vector<std::string> engines{"sqlite", "postgres"};
};

std::string code_of(std::size_t line) { return "46" + std::to_string(100'000 + line); }

std::string file_of(std::size_t lines) {
    std::string text = "Номер заказа;Получатель;Телефон;Адрес;Штрихкод\n";
    for (std::size_t i = 0; i < lines; ++i)
        text += "L-" + std::to_string(i) + ";Ольга Мельник;+79001" + std::to_string(100'000 + i) + ";ул. Садовая, " +
                std::to_string(1 + i % 90) + ";" + code_of(i) + "\n";
    return text;
}

class Times {
  public:
    void add(Seconds took) { ms_.push_back(took.count() * 1000); }
    double share(double of) {
        std::ranges::sort(ms_);
        return ms_.at(static_cast<std::size_t>(of * static_cast<double>(ms_.size() - 1)));
    }
    std::size_t count() const { return ms_.size(); }

  private:
    std::vector<double> ms_;
};

void print(const char* what, Times& times, double limit) {
    const auto most = times.share(0.99);
    std::printf("  %s: median %.1f ms, p99 %.1f ms of %zu; %.2f of the limit of %.0f ms: %s\n", what, times.share(0.5),
                most, times.count(), most / limit, limit, most <= limit ? "reached" : "NOT REACHED");
    std::fflush(stdout);
}

class Office {
  public:
    explicit Office(const std::string& database)
        : central_(database),
          staff_(central_.url(), central_.setup_token()),
          north_(depot("Северный")),
          south_(depot("Южный")) {}

    void import(std::size_t lines) {
        const auto cpu = cpu_seconds(central_.pid());
        const auto began = now();
        const auto answer = staff_.send_file("/api/v1/registries?sender=Shop&outer_number=7&site=" + north_,
                                             file_of(lines), "text/csv");
        expect(answer, 202, "the file");
        const auto read = [&] { return registry().at("import").at("state") == "done"; };
        if (!test::eventually(read, std::chrono::seconds{600}))
            throw std::runtime_error("the file was not read in time");
        const Seconds took = now() - began;
        if (registry().at("total") != lines) throw std::runtime_error("not every line was taken: " + registry().dump());
        const auto rate = static_cast<double>(lines) / took.count();
        std::printf(
            "  import of %zu lines: %.1f s, %.0f lines/s, %.0f us of CPU a line; %.2f of the limit of %.0f: %s\n",
            lines, took.count(), rate, (cpu_seconds(central_.pid()) - cpu) * 1e6 / static_cast<double>(lines),
            rate / least_lines, least_lines, rate >= least_lines ? "reached" : "NOT REACHED");
        std::fflush(stdout);
    }

    void first_page() {
        Times times;
        for (int i = 0; i < 50; ++i)
            times.add(timed([&] { expect(staff_.get("/api/v1/orders?limit=50"), 200, "the orders"); }));
        print("first page of the orders", times, first_page_limit_ms);
    }

    void take_in(std::size_t parcels) {
        const auto id = registry().at("id").get<std::string>();
        Times times;
        for (std::size_t i = 0; i < parcels; ++i)
            times.add(scan(north_, "/intake/scan", {{"code", code_of(i)}, {"registry", id}}, "taken"));
        print("scan at intake", times, scan_limit_ms);
    }

    void fill_and_move(std::size_t bags) {
        Times fills, moves;
        for (std::size_t b = 0; b < bags; ++b) {
            const auto opened = staff_.post(at(north_) + "/bags", {{"kind", "depot"}, {"id", south_}});
            expect(opened, 200, "a bag");
            const auto& bag = opened.body.at("bag");
            const auto path = "/bags/" + bag.at("id").get<std::string>();
            for (std::size_t i = 0; i < bag_parcels; ++i)
                fills.add(scan(north_, path + "/scan", {{"code", code_of(b * bag_parcels + i)}}, "bagged"));
            expect(staff_.post(at(north_) + path + "/close"), 200, "closing a bag");
            moves.add(scan(south_, "/intake/scan", {{"code", bag.at("number")}, {"registry", nullptr}}, "bag_taken"));
        }
        print("scan into a bag", fills, scan_limit_ms);
        print("scan of a bag of 300 parcels", moves, bag_limit_ms);
    }

    void verify() {
        central_.stop();
        if (const auto [code, output] = central_.command({"verify"}); code != 0) throw std::runtime_error(output);
    }

  private:
    static std::chrono::steady_clock::time_point now() { return std::chrono::steady_clock::now(); }
    template <class Work>
    static Seconds timed(Work work) {
        const auto began = now();
        work();
        return now() - began;
    }
    static std::string at(const std::string& site) { return "/api/v1/depots/" + site; }
    static void expect(const test::Answer& answer, int status, const std::string& what) {
        if (answer.status != status) throw std::runtime_error(what + " was answered " + answer.body.dump());
    }
    std::string depot(const std::string& name) {
        const auto made =
            staff_.post("/api/v1/sites", {{"kind", "depot"}, {"name", name}, {"address", "ул. Складская, 1"}});
        expect(made, 201, "a depot");
        return made.body.at("id");
    }
    nlohmann::json registry() { return staff_.get("/api/v1/registries").body.at("items").at(0); }
    Seconds scan(const std::string& site, const std::string& path, const nlohmann::json& body, const char* word) {
        test::Answer answer;
        const auto took = timed([&] { answer = staff_.post(at(site) + path, body); });
        expect(answer, 200, "a scan");
        if (answer.body.at("word") != word) throw std::runtime_error("a scan was answered " + answer.body.dump());
        return took;
    }

    test::CentralProcess central_;
    test::StaffClient staff_;
    std::string north_, south_;
};

void measure(const Plan& plan, const std::string& engine, const std::string& database) {
    std::printf("%s\n", engine.c_str());
    Office office(database);
    office.import(plan.lines);
    office.first_page();
    office.take_in(plan.bags * bag_parcels);
    office.fill_and_move(plan.bags);
    office.verify();
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App cli{"What an office waits for: a file, a scan, a bag"};
    Plan plan;
    cli.add_option("--lines", plan.lines, "of the file, one order with one parcel each")
        ->check(CLI::Range(300, 100'000));
    cli.add_option("--bags", plan.bags, "of 300 parcels each, which the file must have")->check(CLI::Range(1, 100));
    cli.add_option("engines", plan.engines, "sqlite, postgres")->check(CLI::IsMember({"sqlite", "postgres"}));
    CLI11_PARSE(cli, argc, argv);
    if (plan.bags * bag_parcels > plan.lines) {
        std::fputs("bench_office: the file has too few lines for so many bags\n", stderr);
        return 2;
    }
    try {
        for (const auto& engine : plan.engines) {
            std::optional<test::PostgresServer> postgres;
            if (engine == "postgres") postgres.emplace(true);
            measure(plan, engine, postgres ? postgres->fresh_database() : std::string());
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_office: %s\n", error.what());
        return 1;
    }
    return 0;
}
