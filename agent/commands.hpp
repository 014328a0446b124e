// What `plus7-agent COMMAND` does: talking to the running agent over its control socket, enrolment, and the agent
// itself. Results go to stdout, what went wrong to stderr. Main thread.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "agent/config.hpp"

namespace plus7::agent {

// Exit codes of the program; documented in docs/operations.md and --help.
enum ExitCode : int {
    exit_done = 0,
    exit_refused = 1,   // refused, or not saved; the reason is said
    exit_usage = 2,     // the command line or the configuration is wrong
    exit_no_agent = 3,  // no agent is running on this data directory
    exit_not_enrolled = 4,
    exit_unknown = 5,  // the agent ended before it answered: it may have saved, or not
    exit_busy = 6,     // another agent runs on this data directory
    exit_stuck = 7,    // `run` asks to be started anew: connected, but nothing was acked for ten minutes
};

int run_agent(const Config& config);
int enroll(const Config& config, const std::string& link);
int renew(const Config& config);
int fetch_map(const Config& config, const std::string& area);  // "west,south,east,north" in 1e-5 degree
int show_status(const Config& config, bool as_json);
int scan(const Config& config, const std::string& code);  // "-": codes from stdin, one per line
int shift(const Config& config, bool start);
int take_break(const Config& config, bool start);
// What is done with parcels, named by their codes (agent/commands_work.cpp).
struct WorkArguments {
    std::vector<std::string> parcels;
    std::string reason, site;
    std::string code, signature, photo;  // of deliver: the recipient's code, files of pictures
    bool document = false;               // of deliver: it was looked at
    int calls = 0;
};
int show_page_address(const Config& config);
int show_work(const Config& config);
int act_on_parcels(const Config& config, const std::string& act, const WorkArguments& arguments);
int export_facts(const Config& config, const std::filesystem::path& out);

}  // namespace plus7::agent
