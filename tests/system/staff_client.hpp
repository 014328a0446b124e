// A signed-in member of staff who speaks central's API, as the console does.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "shared/http/client.hpp"

namespace plus7::test {

struct Answer {
    int status = 0;
    nlohmann::json body;  // null when there is none
};

// What createDevice answers, and the courier who carries it.
struct CarriedDevice {
    std::string courier, device, link;
};

class StaffClient {
  public:
    // Makes the first admin with the token of the set-up link; throws when central refuses.
    StaffClient(std::string url, const std::string& setup_token);

    Answer get(const std::string& path) { return call(http::Method::get, path, {}); }
    Answer post(const std::string& path, const nlohmann::json& body = nlohmann::json::object()) {
        return call(http::Method::post, path, body);
    }
    Answer send_file(const std::string& path, const std::string& bytes, const std::string& type) {
        return call(http::Method::post, path, bytes, type);
    }
    Answer put(const std::string& path, const nlohmann::json& body) { return call(http::Method::put, path, body); }

    std::string download(const std::string& path);  // the bytes; throws when central refuses

    // A courier with a new device, ready to be enrolled.
    CarriedDevice courier_with_device(const std::string& name, const std::string& code);
    // The courier's facts of the last day, newest first, of these types ("scan", "shift.").
    nlohmann::json events(const std::string& courier, const std::string& types);

  private:
    void set_up_second_factor(const std::string& password);
    http::Reply send(http::Method method, const std::string& path, const std::string& body, const std::string& type);
    Answer call(http::Method method, const std::string& path, const nlohmann::json& body) {
        return call(method, path, body.dump(), "application/json");
    }
    Answer call(http::Method method, const std::string& path, const std::string& body, const std::string& type);

    std::string url_, cookie_, csrf_;
    http::Client client_;
};

}  // namespace plus7::test
