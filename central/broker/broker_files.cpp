#include "central/broker/broker_files.hpp"

#include <arpa/inet.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <system_error>
#include <thread>

#include "central/broker/plain_file.hpp"
#include "shared/core/random.hpp"
#include "shared/crypto/secret_file.hpp"

extern char** environ;

namespace plus7::central::broker {
namespace {

namespace fs = std::filesystem;

core::Status own(const MosquittoSettings& settings, const fs::path& path) {
    if (settings.run_as.empty()) return {};
    const auto* user = ::getpwnam(settings.run_as.c_str());
    if (user == nullptr) return core::unavailable("no user " + settings.run_as + ": install mosquitto");
    if (::chown(path.c_str(), user->pw_uid, user->pw_gid) == 0) return {};
    return core::unavailable("cannot give " + path.string() + " to " + settings.run_as + ": " + std::strerror(errno));
}

core::Status write_secret(const MosquittoSettings& settings, const char* name, std::string_view text) {
    const auto path = settings.folder / name;
    if (auto written = crypto::write_secret_file(path, core::view_of(text)); !written) return written;
    return own(settings, path);
}

// mosquitto_passwd -U hashes the plain passwords of a file in place (PBKDF2-SHA-512).
core::Status hash_passwords(const fs::path& file) {
    const auto program = find_program("mosquitto_passwd");
    if (!program) return program.error();
    std::string path = *program, flag = "-U", name = file.string();
    std::array<char*, 4> argv{path.data(), flag.data(), name.data(), nullptr};
    pid_t pid = 0;
    if (const int error = ::posix_spawn(&pid, path.c_str(), nullptr, nullptr, argv.data(), environ); error != 0)
        return core::unavailable("cannot run " + path + ": " + std::strerror(error));
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return core::unavailable("cannot wait for " + path + ": " + std::strerror(errno));
    if (status != 0) return core::unavailable(path + " could not hash the passwords in " + name);
    return {};
}

}  // namespace

core::Result<std::string> find_program(const std::string& name) {
    if (name.find('/') != std::string::npos) {
        if (::access(name.c_str(), X_OK) == 0) return name;
        return core::not_found("no program " + name);
    }
    for (const char* folder : {"/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/"})
        if (::access((folder + name).c_str(), X_OK) == 0) return folder + name;
    return core::not_found(name + " is not installed: apt-get install mosquitto, or set broker.managed = false");
}

std::uint16_t free_loopback_port() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) throw std::system_error(errno, std::generic_category(), "socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    const int error = errno;
    ::close(fd);
    if (!bound) throw std::system_error(error, std::generic_category(), "bind to a free port");
    return ntohs(address.sin_port);
}

core::Status end_leftover(const fs::path& folder) {
    const auto text = read_plain_file(folder / "pid");
    if (!text) return {};
    const pid_t pid = std::atoi(text->c_str());
    const auto process = fs::path("/proc") / std::to_string(pid);
    const auto is_ours = [&] {
        const auto command = read_plain_file(process / "cmdline");  // arguments end with NUL
        return pid > 1 && command && command->find((folder / "mosquitto.conf").string() + '\0') != std::string::npos;
    };
    constexpr auto patience = std::chrono::seconds{5};
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (is_ours()) {
        if (::kill(pid, SIGKILL) != 0 && errno == EPERM)
            return core::unavailable("an earlier broker (process " + std::to_string(pid) +
                                     ") is still running and is not ours to end");
        if (std::chrono::steady_clock::now() > deadline)
            return core::unavailable("an earlier broker (process " + std::to_string(pid) + ") does not end");
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return {};
}

ServiceAccess make_service_access() {
    const auto password = [] { return core::to_base64url(core::random_bytes(24)); };
    ServiceAccess access;
    access.ingest_password = password();
    access.push_password = password();
    access.kick_password = password();
    return access;
}

core::Status make_broker_folder(MosquittoSettings& settings) {
    std::error_code error;
    fs::create_directories(settings.folder, error);
    if (error) return core::unavailable("cannot make " + settings.folder.string() + ": " + error.message());
    fs::permissions(settings.folder, fs::perms::owner_all, error);
    if (::geteuid() != 0) return {};
    settings.run_as = "mosquitto";
    fs::permissions(settings.folder.parent_path(), fs::perms::group_exec | fs::perms::others_exec,
                    fs::perm_options::add, error);
    return own(settings, settings.folder);
}

core::Status copy_for_broker(const MosquittoSettings& settings, const AuthorityFolder& authority,
                             std::string_view name) {
    const auto text = read_plain_file(authority.file(name));
    if (!text) return text.error();
    return write_secret(settings, std::string(name).c_str(), *text);
}

core::Status write_broker_files(const MosquittoSettings& settings, const ServiceAccess& access,
                                const AuthorityFolder& authority) {
    for (const char* name : {"ca.crt", "server.crt", "server.key", "crl.pem"})
        if (auto copied = copy_for_broker(settings, authority, name); !copied) return copied;
    const auto line = [](const char* user, const std::string& password) { return user + (":" + password) + "\n"; };
    const auto accounts = line(ingest_account, access.ingest_password) + line(push_account, access.push_password) +
                          line(kick_account, access.kick_password);
    if (auto written = write_secret(settings, "passwords", accounts); !written) return written;
    if (auto hashed = hash_passwords(settings.folder / "passwords"); !hashed) return hashed;
    if (auto owned = own(settings, settings.folder / "passwords"); !owned) return owned;
    if (auto written = write_secret(settings, "acl-devices", device_acl()); !written) return written;
    if (auto written = write_secret(settings, "acl-service", service_acl()); !written) return written;
    return write_secret(settings, "mosquitto.conf", mosquitto_conf(settings));
}

}  // namespace plus7::central::broker
