#include "agent/camera/reader_process.hpp"

#include "shared/runtime/log.hpp"

namespace plus7::agent::camera {

core::Result<std::shared_ptr<ReaderLine>> ReaderProcess::line() {
    if (line_ && child_ && child_->running()) return line_;
    end();
    if (failures_ >= at_once && clock_.mono() - started_ < rest)
        return core::unavailable("the reader of pictures fails again and again");
    started_ = clock_.mono();
    if (auto started = start(); !started) return started.error();
    return line_;
}

core::Status ReaderProcess::start() {
    auto pair = ReaderLine::pair();
    if (!pair) return pair.error();
    runtime::ChildOptions options;
    options.argv = argv_;
    options.input = pair->second->fd();
    options.on_stderr_line = [](const std::string& words) { runtime::log_info("camera", {{"says", words}}); };
    auto child = runtime::Child::start(loop_, std::move(options), [](runtime::ChildExit exit) {
        if (exit.signal) runtime::log_warning("the reader of pictures has died", {{"signal", *exit.signal}});
    });
    if (!child) {
        ++failures_;
        return child.error();
    }
    child_ = std::move(*child);
    line_ = std::move(pair->first);
    return {};
}

void ReaderProcess::failed(std::shared_ptr<ReaderLine> line, const std::string& why) {
    loop_.post([this, line = std::move(line), why] {
        if (line != line_) return;  // ended by ourselves, and perhaps started anew
        runtime::log_warning("a picture was not read", {{"reason", why}});
        failures_ = line->has_answered() ? 1 : failures_ + 1;
        end();
    });
}

void ReaderProcess::end() {
    if (line_) line_->hang_up();
    line_.reset();
    child_.reset();
}

}  // namespace plus7::agent::camera
