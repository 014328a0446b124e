#include "agent/commands.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>

#include "agent/handheld/answers.hpp"
#include "agent/handheld/control_client.hpp"
#include "agent/handheld/custody_check.hpp"
#include "agent/handheld/status.hpp"
#include "agent/texts.hpp"

namespace plus7::agent {
namespace {

using handheld::ControlClient;
using handheld::ControlReply;

Language language() {
    static const Language once = language_of_environment();
    return once;
}

template <typename... Values>
std::string words(std::string_view english, const Values&... values) {
    return say(language(), english, {std::string_view(values)...});
}

void complain(const std::string& text) { std::cerr << "plus7-agent: " << text << '\n'; }

int code_of(const core::Error& error) {
    if (error.kind == core::ErrorKind::not_found) return exit_no_agent;
    return error.kind == core::ErrorKind::unavailable ? exit_unknown : exit_refused;
}

// Says why a request was not answered, and gives the exit code.
int no_answer(const Config& config, const core::Error& error) {
    const bool none = error.kind == core::ErrorKind::not_found;
    complain(none ? words("no agent is running (data directory {}); start it with `plus7-agent run`",
                          config.data_dir.string())
                  : words(error.message));
    return code_of(error);
}

int refusal(const ControlReply& reply) {
    complain(words("refused: {}", words(handheld::error_from_problem(reply.status, reply.body).message)));
    return exit_refused;
}

bool is_success(const ControlReply& reply) { return reply.status / 100 == 2; }

// Each code is answered by one line that names it, so that whoever reads a stream of them knows which one is meant.
int scan_one(const Config& config, std::string_view code) {
    const auto reply = ControlClient(config.control_socket()).post("/scan", "application/octet-stream", code);
    if (!reply) {
        const bool unknown = reply.error().kind == core::ErrorKind::unavailable;
        complain(words(unknown ? "not known whether saved: {}: {}" : "not saved: {}: {}", code,
                       words(reply.error().message)));
        return code_of(reply.error());
    }
    if (!is_success(*reply)) {
        const auto error = handheld::error_from_problem(reply->status, reply->body);
        complain(words("not saved: {}: {}", code, words(error.message)));
        return exit_refused;
    }
    const auto answer = handheld::scan_answer_from(reply->body);
    if (!answer) return no_answer(config, answer.error());
    std::cout << (answer->repeated
                      ? words("already saved a moment ago: {}", code)
                      : words("saved: {} ({}, no. {})", code, answer->symbology, std::to_string(answer->seq)))
              << std::endl;
    return exit_done;
}

core::Result<handheld::Status> ask_status(const Config& config, std::string& json) {
    const auto reply = ControlClient(config.control_socket()).get("/status");
    if (!reply) return reply.error();
    if (!is_success(*reply)) return handheld::error_from_problem(reply->status, reply->body);
    json = reply->body;
    return handheld::status_from_json(json);
}

void row(std::string_view name, const std::string& text) { std::cout << words(name) << ": " << text << '\n'; }

std::string unacked_text(const handheld::Status::Unacked& unacked) {
    const auto fact = std::to_string(unacked.fact), track = std::to_string(unacked.track),
               blob = std::to_string(unacked.blob);
    if (!unacked.oldest_s) return words("{} facts, {} track records, {} files", fact, track, blob);
    return words("{} facts, {} track records, {} files; the oldest for {} s", fact, track, blob,
                 std::to_string(*unacked.oldest_s));
}

std::string gps_text(const handheld::Status::Gps& gps) {
    if (!gps.fitted) return words("no receiver");
    if (!gps.gpsd || gps.lost) return words("no gpsd");
    if (!gps.age_s) return words("no fix yet");
    return words("fix {} s ago", std::to_string(*gps.age_s));
}

std::string shift_text(const std::optional<handheld::Status::Shift>& shift) {
    if (!shift) return words("closed");
    const auto open = words("open since {}, {} m", shift->since, std::to_string(shift->distance_m));
    return shift->break_since ? open + ", " + words("on a break since {}", *shift->break_since) : open;
}

void print_status(const handheld::Status& status) {
    row("device", status.device + (status.locked ? ", " + words("locked") : ""));
    row("server", status.server);
    row("connection", words(status.connection));
    row("courier", status.courier.empty() ? words("nobody is bound") : status.courier);
    row("shift", shift_text(status.shift));
    row("waiting for central", unacked_text(status.unacked));
    row("satellites", gps_text(status.gps));
    if (status.scanner) row("scanner", words(*status.scanner ? "ready" : "not connected"));
    if (status.battery)
        row("battery",
            words(status.battery->charging ? "{} %, charging" : "{} %", std::to_string(status.battery->percent)));
    row("storage", words("{} MiB free, step {}", std::to_string(status.storage.free_bytes >> 20),
                         std::to_string(status.storage.step)));
    row("version", status.version);
}

}  // namespace

int show_status(const Config& config, bool as_json) {
    std::string json;
    const auto status = ask_status(config, json);
    if (!status) return no_answer(config, status.error());
    if (as_json)
        std::cout << json;
    else
        print_status(*status);
    return exit_done;
}

int scan(const Config& config, const std::string& code) {
    if (code != "-") return scan_one(config, code);
    int worst = exit_done;
    for (std::string line; std::getline(std::cin, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty()) continue;
        worst = std::max(worst, scan_one(config, line));
    }
    return worst;
}

int shift(const Config& config, bool start) {
    const auto reply = ControlClient(config.control_socket()).post(start ? "/shift/start" : "/shift/end");
    if (!reply) return no_answer(config, reply.error());
    if (!is_success(*reply)) return refusal(*reply);
    const auto answer = handheld::shift_answer_from(reply->body);
    if (!answer) return no_answer(config, answer.error());
    std::cout << (start ? words("shift of courier {} has started", answer->courier)
                        : words("shift of courier {} has ended, {} m", answer->courier,
                                std::to_string(answer->distance_m)))
              << std::endl;
    if (!answer->track_saved) complain(words("a part of its track could not be saved"));
    return exit_done;
}

int take_break(const Config& config, bool start) {
    const auto reply = ControlClient(config.control_socket()).post(start ? "/break/start" : "/break/end");
    if (!reply) return no_answer(config, reply.error());
    if (!is_success(*reply)) return refusal(*reply);
    std::cout << words(start ? "the break has started" : "the break is over") << std::endl;
    return exit_done;
}

int export_facts(const Config& config, const std::filesystem::path& out) {
    // Whole or not at all: under a name of its own until the last byte is there.
    const auto part = std::filesystem::path(out.string() + ".part");
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    std::uint64_t bytes = 0;
    handheld::CustodyCheck check;
    const auto sink = [&](std::string_view piece) -> core::Status {
        bytes += piece.size();
        check.feed(piece);
        if (file.write(piece.data(), static_cast<std::streamsize>(piece.size()))) return {};
        return core::invalid("cannot write " + part.string());
    };
    const auto reply = ControlClient(config.control_socket()).download("/export", sink);
    file.close();
    const bool whole = reply && is_success(*reply) && check.finish() && file.good();
    std::error_code failed;
    if (whole) std::filesystem::rename(part, out, failed);
    if (whole && !failed) {
        std::cout << words("custody file written: {}, {} bytes", out.string(), std::to_string(bytes)) << std::endl;
        return exit_done;
    }
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    if (!reply) return no_answer(config, reply.error());
    if (!is_success(*reply)) return refusal(*reply);
    complain(failed ? out.string() + ": " + failed.message() : words("the agent ended before it answered"));
    return failed ? exit_refused : exit_unknown;
}

}  // namespace plus7::agent
