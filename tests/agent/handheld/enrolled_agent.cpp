#include "tests/agent/handheld/enrolled_agent.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "agent/handheld/custody_check.hpp"
#include "agent/store/identity.hpp"
#include "shared/crypto/csr.hpp"
#include "shared/crypto/secret_file.hpp"
#include "shared/wire/courier_row.hpp"
#include "shared/wire/view_message.hpp"
#include "tests/support/eventually.hpp"

namespace plus7::test {
namespace {

std::string text_of_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Signature, epoch's numbering and chain of the facts, as a third party would check them.
std::string problem_of(const std::vector<core::Bytes>& records, const core::PublicKey& key,
                       std::vector<wire::Fact>& facts) {
    std::map<core::Epoch, std::pair<std::uint64_t, core::Hash>> ends;
    for (const auto& record : records) {
        const auto sealed = wire::decode_fact_record(record);
        if (!sealed || !wire::verify(*sealed, key)) return "a signature does not fit";
        const auto fact = wire::decode_body(sealed->body);
        if (!fact) return "a body cannot be read";
        const auto first = std::pair{std::uint64_t{0}, wire::first_prev(fact->epoch, std::nullopt)};
        auto& [seq, hash] = ends.try_emplace(fact->epoch, first).first->second;
        if (fact->seq != seq + 1) return "a number is missing before " + std::to_string(fact->seq);
        if (fact->prev != hash) return "the chain breaks at " + std::to_string(fact->seq);
        seq = fact->seq;
        hash = wire::hash_of_body(sealed->body);
        facts.push_back(*fact);
    }
    return {};
}

}  // namespace

EnrolledAgent::EnrolledAgent(std::uint16_t gpsd_port) {
    std::filesystem::create_directory(data());
    make_identity();
    write_config(gpsd_port);
}

void EnrolledAgent::make_identity() {
    const agent::store::IdentityFiles files(data());
    const auto now = core::SystemClock{}.now();
    const auto tls = crypto::TlsKey::generate();
    const auto certificate =
        authority_.issue_device(*crypto::make_csr(tls, device_.text()), device_, key_.public_key(), now).value();
    const auto pem = tls.pem();
    const auto seed = key_.seed();
    crypto::write_secret_file(files.tls_key(), pem.bytes()).value();
    crypto::write_secret_file(files.record_key(), seed.bytes()).value();
    agent::store::save_text(files.certificate(), certificate.pem).value();
    agent::store::save_text(files.authority(), authority_.certificate().pem).value();
    use_broker(free_port());
}

void EnrolledAgent::use_broker(std::uint16_t port) {
    const agent::store::Identity identity{device_, "https://central.example", authority_.certificate().fingerprint,
                                          "127.0.0.1", port};
    agent::store::save_identity(agent::store::IdentityFiles(data()), identity).value();
}

void EnrolledAgent::write_config(std::uint16_t gpsd_port) {
    std::ofstream(dir_.file("agent.toml")) << "data_dir = \"data\"\n[gpsd]\nport = " << gpsd_port
                                           << "\n[storage]\nthin_below = \"3KiB\"\nstop_below = \"2KiB\"\n"
                                              "free_reserve_below = \"1KiB\"\nreserve = \"64KiB\"\n"
                                              "[battery]\npower_supply = \"none\"\n";
}

void EnrolledAgent::bind_courier(const std::string& code) {
    wire::ViewRow row{wire::courier_row_key, 1, wire::encode(wire::CourierRow{model::CourierId{{4, 2}}, code})};
    wire::ViewPart part;
    part.delta = {0, 1, {row}, {}, {}};
    wire::toggle_row(part.delta.hash, wire::row_hash(row));
    REQUIRE(stores()->view().take(part));
}

std::unique_ptr<agent::store::Stores> EnrolledAgent::stores() {
    agent::store::StoresOptions options;
    options.dir = data();
    options.reserve_bytes = 0;
    return std::move(agent::store::Stores::open(options, device_, key_).value());
}

Process& EnrolledAgent::launch() {
    process_ = std::make_unique<Process>(command({"run"}), english);
    return *process_;
}

void EnrolledAgent::start() {
    launch();
    const bool answers = eventually([&] { return !process_->running() || run({"status", "--json"}).code == 0; });
    REQUIRE_MESSAGE((answers && process_->running()), process_->output());
}

std::vector<std::string> EnrolledAgent::command(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {PLUS7_AGENT, "--config", dir_.file("agent.toml")});
    return arguments;
}

CommandResult EnrolledAgent::run(std::vector<std::string> arguments, const Process::Environment& environment) const {
    Process process(command(std::move(arguments)), environment.empty() ? english : environment);
    const auto code = process.wait();
    return {code.value_or(-1), process.output()};
}

CustodyFacts EnrolledAgent::exported() {
    CustodyFacts found;
    const auto path = dir_.file("custody.jsonl");
    const auto done = run({"export", "--out", path});
    found.problem = done.code == 0 ? "" : done.output;
    if (done.code != 0) return found;
    const auto text = text_of_file(path);
    agent::handheld::CustodyCheck check;
    check.feed(text);
    const auto counted = check.finish();
    std::vector<core::Bytes> records;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto object = nlohmann::json::parse(line);
        if (object.contains("record")) records.push_back(*core::from_base64url(object["record"].get<std::string>()));
    }
    found.problem = counted ? problem_of(records, key_.public_key(), found.facts) : counted.error().message;
    if (found.problem.empty() && *counted != records.size()) found.problem = "the count is wrong";
    found.whole = found.problem.empty();
    return found;
}

}  // namespace plus7::test
