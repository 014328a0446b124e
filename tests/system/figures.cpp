#include "tests/system/figures.hpp"

#include <sstream>
#include <stdexcept>

#include "shared/http/client.hpp"

namespace plus7::test {

Figures::Figures(const std::string& url) {
    auto client = http::Client::make();
    if (!client) throw std::runtime_error(client.error().message);
    const auto reply = client->call({http::Method::get, url + "/metrics"});
    if (!reply || reply->status != 200) throw std::runtime_error("no metrics at " + url);
    text_ = reply->body;
}

std::uint64_t Figures::sum(const std::string& name, const std::string& label) const {
    std::uint64_t all = 0;
    std::istringstream lines(text_);
    for (std::string line; std::getline(lines, line);) {
        const bool named = line.starts_with(name + "{") || line.starts_with(name + " ");
        if (named && line.find(label) != std::string::npos) all += std::stoull(line.substr(line.rfind(' ') + 1));
    }
    return all;
}

bool add_up(const Figures& figures) {
    return figures.sum("plus7_ingest_received_total") == figures.sum("plus7_ingest_frames_total");
}

}  // namespace plus7::test
