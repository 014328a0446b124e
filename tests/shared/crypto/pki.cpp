#include "tests/shared/crypto/pki.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>

#include "tests/support/temp_dir.hpp"

namespace plus7::test {

Pki::Pki() {
    const auto server = crypto::make_csr(key, "central").value();
    const auto service = crypto::make_csr(key, "central-in-1").value();
    const crypto::ServerNames names{{"central.example", "localhost"}, {"127.0.0.1", "::1"}};
    device_certificate = authority.issue_device(device_csr, device, record_key.public_key(), now).value();
    server_certificate = authority.issue_server(server, names, now).value();
    service_certificate = authority.issue_service(service, now).value();
    signing_certificate = authority.issue_signing(central_key.public_key(), now).value();
}

const Pki& pki() {
    static const Pki one;
    return one;
}

Outcome openssl(std::string arguments, const std::vector<std::string>& texts) {
    const TempDir folder;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto number = std::to_string(i + 1);
        std::ofstream(folder.file(number)) << texts[i];
        for (auto at = arguments.find("%" + number); at != std::string::npos; at = arguments.find("%" + number)) {
            arguments.replace(at, 2, folder.file(number));
        }
    }
    const auto close = [](FILE* pipe) { ::pclose(pipe); };
    std::unique_ptr<FILE, decltype(close)> pipe(::popen(("openssl " + arguments + " 2>&1 </dev/null").c_str(), "r"),
                                                close);
    Outcome outcome;
    std::array<char, 4096> part{};
    while (pipe && std::fgets(part.data(), part.size(), pipe.get()) != nullptr) outcome.output += part.data();
    const int status = pipe ? ::pclose(pipe.release()) : -1;
    outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return outcome;
}

}  // namespace plus7::test
