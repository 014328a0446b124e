// plus7-proxy: a bad line to order, between a handheld and the broker. Prints its two addresses, ends by SIGTERM.
#include <signal.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "shared/http/server.hpp"
#include "shared/runtime/workers.hpp"
#include "tests/proxy/control.hpp"

using namespace plus7;

int main(int argc, char** argv) {
    CLI::App app{"plus7-proxy: forwards TCP on 127.0.0.1; POST /cut {\"seconds\": n} at its control address cuts it"};
    std::uint16_t port = 0, to_port = 0, control_port = 0;
    std::string to_host = "127.0.0.1";
    app.add_option("--listen", port, "port to listen on; 0: a free one");
    app.add_option("--to-host", to_host, "numeric address to forward to")->check(CLI::ValidIPV4);
    app.add_option("--to", to_port, "port to forward to")->required();
    app.add_option("--control", control_port, "port of the control address; 0: a free one");
    CLI11_PARSE(app, argc, argv);
    try {
        runtime::Loop loop;
        runtime::Workers workers({.threads = 1, .max_queued = 64});
        test::Proxy proxy(loop, to_host, to_port);
        http::Server control(loop, workers, test::control_routes(loop, proxy));
        const auto listening = proxy.listen(port);
        const auto controlled = listening ? control.listen("127.0.0.1", control_port) : listening;
        if (!controlled) {
            std::cerr << "plus7-proxy: " << controlled.error().message << "\n";
            return 1;
        }
        std::cout << "proxy 127.0.0.1:" << *listening << " control http://127.0.0.1:" << *controlled << std::endl;
        loop.on_signal({SIGTERM, SIGINT}, [&](int) { loop.stop(); });
        loop.run();
        workers.stop();
    } catch (const std::exception& broken) {
        std::cerr << "plus7-proxy: " << broken.what() << "\n";
        return 1;
    }
    return 0;
}
