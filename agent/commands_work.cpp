#include <iostream>
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

// The exit code for what is no success, after saying why.
int refused(const core::Result<ControlReply>& reply) {
    const auto error = reply ? handheld::error_from_problem(reply->status, reply->body) : reply.error();
    std::cerr << "plus7-agent: " << words(error.message) << '\n';
    if (reply) return exit_refused;
    if (error.kind == core::ErrorKind::not_found) return exit_no_agent;
    return error.kind == core::ErrorKind::unavailable ? exit_unknown : exit_refused;
}

bool is_success(const core::Result<ControlReply>& reply) { return reply && reply->status / 100 == 2; }

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
    const nlohmann::json request{{"parcels", arguments.parcels},
                                 {"reason", arguments.reason},
                                 {"site", arguments.site},
                                 {"calls", arguments.calls}};
    const auto reply =
        ControlClient(config.control_socket()).post("/parcels/" + act, "application/json", request.dump());
    if (!is_success(reply)) return refused(reply);
    for (const auto& code : arguments.parcels) std::cout << words("saved: {}", code) << '\n';
    return exit_done;
}

}  // namespace plus7::agent
