#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "agent/commands.hpp"
#include "agent/handheld/answers.hpp"
#include "agent/handheld/control_client.hpp"
#include "agent/store/identity.hpp"
#include "agent/texts.hpp"

namespace plus7::agent {
namespace {

using handheld::ControlClient;
using handheld::ControlReply;

std::string words(std::string_view english, std::string_view value = {}) {
    return say(language_of_environment(), english, {value});
}

core::Error error_of(const core::Result<ControlReply>& reply) {
    return reply ? handheld::error_from_problem(reply->status, reply->body) : reply.error();
}

// The exit code for what is no success, after saying why.
int refused(const core::Result<ControlReply>& reply) {
    const auto error = error_of(reply);
    std::cerr << "plus7-agent: " << words(error.message) << '\n';
    if (reply) return exit_refused;
    if (error.kind == core::ErrorKind::not_found) return exit_no_agent;
    return error.kind == core::ErrorKind::unavailable ? exit_unknown : exit_refused;
}

bool is_success(const core::Result<ControlReply>& reply) { return reply && reply->status / 100 == 2; }

core::Result<std::string> keep_picture(const ControlClient& agent, const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file) return core::not_found("cannot read " + path);
    const auto reply = agent.post("/blobs", "application/octet-stream", bytes);
    if (!is_success(reply)) return error_of(reply);
    return nlohmann::json::parse(reply->body).at("sha256").get<std::string>();
}

// The code is checked by the agent for the order of the first parcel, pictures are kept, then both can be named.
core::Result<nlohmann::json> proofs(const ControlClient& agent, const WorkArguments& arguments) {
    auto list = nlohmann::json::array();
    if (!arguments.code.empty()) {
        const nlohmann::json asked{{"parcels", arguments.parcels}, {"code", arguments.code}};
        const auto reply = agent.post("/code", "application/json", asked.dump());
        if (!is_success(reply)) return error_of(reply);
    }
    for (const auto& [kind, path] : {std::pair{"signature", arguments.signature}, {"photo", arguments.photo}}) {
        if (path.empty()) continue;
        const auto sha = keep_picture(agent, path);
        if (!sha) return sha.error();
        list.push_back({{"kind", kind}, {"blob", *sha}});
    }
    if (arguments.document) list.push_back({{"kind", "document"}});
    return list;
}

void print_task(const nlohmann::json& task) {
    std::cout << task.at("number").get<std::string>() << "  " << task.at("address").get<std::string>() << "  "
              << task.at("name").get<std::string>() << '\n';
    for (const auto& parcel : task.at("parcels"))
        std::cout << "  " << parcel.at("codes").at(0).get<std::string>()
                  << (parcel.at("on_board").get<bool>() ? "  " + words("on board") : "") << '\n';
}

}  // namespace

int show_page_address(const Config& config) {
    const auto reply = ControlClient(config.control_socket()).get("/status");
    if (!is_success(reply)) return refused(reply);  // the file of an agent that ended says nothing
    const auto address = store::load_text(config.page_address());
    if (!address) return refused(address.error());
    std::cout << *address;
    return exit_done;
}

int show_work(const Config& config) {
    const auto reply = ControlClient(config.control_socket()).get("/work");
    if (!is_success(reply)) return refused(reply);
    const auto work = nlohmann::json::parse(reply->body);
    if (work.at("tasks").empty()) std::cout << words("no tasks") << '\n';
    for (const auto& task : work.at("tasks")) print_task(task);
    return exit_done;
}

int act_on_parcels(const Config& config, const std::string& act, const WorkArguments& arguments) {
    const ControlClient agent(config.control_socket());
    nlohmann::json request{{"parcels", arguments.parcels},
                           {"reason", arguments.reason},
                           {"site", arguments.site},
                           {"calls", arguments.calls}};
    if (act == "deliver") {
        auto shown = proofs(agent, arguments);
        if (!shown) return refused(shown.error());
        request["proofs"] = std::move(*shown);
    }
    const auto reply = agent.post("/parcels/" + act, "application/json", request.dump());
    if (!is_success(reply)) return refused(reply);
    for (const auto& code : arguments.parcels) std::cout << words("saved: {}", code) << '\n';
    return exit_done;
}

}  // namespace plus7::agent
