#include "agent/renewal.hpp"

#include "agent/sync/enrol.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::agent {

void Renewal::start() {
    hourly_ = loop_.every(std::chrono::hours{1}, [this] { look(); });
    look();
}

void Renewal::look() {
    if (child_ && child_->running()) return;
    const auto pem = store::load_text(store::IdentityFiles(data_dir_).certificate());
    if (!pem) return runtime::log_error("no device certificate", {{"reason", pem.error().message}});
    const auto certificate = crypto::inspect(*pem);
    if (!certificate) return runtime::log_error("device.crt", {{"reason", certificate.error().message}});
    if (!sync::renewal_due(*certificate, device_, clock_.now())) return;
    runtime::ChildOptions options;
    options.argv = {"/proc/self/exe", "renew", "--data-dir", data_dir_.string()};
    options.on_stderr_line = [](const std::string& line) { runtime::log_info("renewal", {{"says", line}}); };
    auto started = runtime::Child::start(loop_, std::move(options), [](runtime::ChildExit) {});
    if (!started) return runtime::log_warning("renewal did not start", {{"reason", started.error().message}});
    child_ = std::move(*started);
}

}  // namespace plus7::agent
