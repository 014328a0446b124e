#include "tests/support/postgres.hpp"

#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "tests/support/eventually.hpp"

namespace plus7::test {
namespace {

using Arguments = std::vector<std::string>;

std::string program(const std::string& name) {
    const std::string debian = "/usr/lib/postgresql/15/bin/" + name;
    return ::access(debian.c_str(), X_OK) == 0 ? debian : name;
}

// PostgreSQL refuses to run as root; the signal ends a server whose test program has died.
Arguments as_postgres_user(Arguments arguments) {
    if (::geteuid() != 0) return arguments;
    Arguments all{"setpriv",        "--reuid=postgres", "--regid=postgres",
                  "--clear-groups", "--reset-env",      "--pdeathsig=INT"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
}

// Runs to the end; what it printed. Throws when it fails.
std::string run(const Arguments& arguments) {
    Process process(arguments);
    const auto code = process.wait(std::chrono::seconds{60});
    if (code != 0) throw std::runtime_error(arguments.front() + " failed: " + process.output());
    return process.output();
}

}  // namespace

PostgresServer& PostgresServer::shared() {
    static const std::unique_ptr<PostgresServer> server = [] {
        const char* base = std::getenv("PLUS7_TEST_POSTGRES");
        if (base == nullptr || *base == '\0') return std::make_unique<PostgresServer>();
        return std::unique_ptr<PostgresServer>(new PostgresServer(std::string{base}));
    }();
    return *server;
}

PostgresServer::PostgresServer(std::string base) : base_(std::move(base)) {}

PostgresServer::PostgresServer(bool durable) : durable_(durable), folder_(std::in_place) {
    const std::string data = folder_->file("data");
    if (::geteuid() == 0) {
        const passwd* user = ::getpwnam("postgres");
        if (user == nullptr || ::chown(folder_->path().c_str(), user->pw_uid, user->pw_gid) != 0) {
            throw std::runtime_error("root starts PostgreSQL as user postgres, which does not exist here");
        }
    }
    run(as_postgres_user({program("initdb"), "--pgdata=" + data, "--encoding=UTF8", "--locale=C", "--no-sync",
                          "--username=postgres", "--auth=trust"}));
    constexpr int attempts = 5;  // another process may take the port between our look and PostgreSQL's bind
    for (int i = 1;; ++i) {
        port_ = free_port();
        base_ = "host=" + folder_->path().string() + " port=" + std::to_string(port_) + " user=postgres";
        try {
            start();
            return;
        } catch (const std::runtime_error&) {
            if (i == attempts) throw;
        }
    }
}

PostgresServer::~PostgresServer() {
    if (process_) {
        stop();
    } else if (!folder_) {
        for (const std::string& name : made_) {
            try {
                psql(base_ + " dbname=postgres", "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            } catch (const std::exception& error) {
                std::fprintf(stderr, "test database %s stays behind: %s\n", name.c_str(), error.what());
            }
        }
    }
}

void PostgresServer::start() {
    if (!folder_ || process_) throw std::logic_error("only an own, stopped server can be started");
    const std::string fsync = durable_ ? "fsync=on" : "fsync=off";
    const std::string buffers = durable_ ? "shared_buffers=128MB" : "shared_buffers=16MB";
    process_.emplace(as_postgres_user({program("postgres"), "-D", folder_->file("data"), "-k", folder_->path().string(),
                                       "-p", std::to_string(port_), "-c", "listen_addresses=127.0.0.1", "-c", fsync,
                                       "-c", "deadlock_timeout=200ms", "-c", "max_connections=60", "-c", buffers}));
    const bool ready = eventually([&] {
        if (!process_->running()) return true;
        try {
            psql(base_ + " dbname=postgres", "SELECT 1");
            return true;
        } catch (const std::runtime_error&) {
            return false;
        }
    });
    if (ready && process_->running()) return;
    const std::string output = process_->output();
    process_.reset();
    throw std::runtime_error("PostgreSQL does not start: " + output);
}

void PostgresServer::stop() {
    if (!process_) throw std::logic_error("only an own, running server can be stopped");
    process_->signal(SIGINT);  // "fast": cuts the sessions, then shuts down in order
    if (!process_->wait()) {
        process_->signal(SIGQUIT);  // "immediate": the postmaster takes its children along
        process_->wait();
    }
    process_.reset();
}

std::string PostgresServer::psql(const std::string& dsn, const std::string& sql) {
    return run({program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", dsn, "-c", sql});
}

std::string PostgresServer::fresh_database() {
    std::string name;
    {
        const std::lock_guard lock(mutex_);
        name = "plus7_test_" + std::to_string(::getpid()) + "_" + std::to_string(made_.size());
        made_.push_back(name);
    }
    psql(base_ + " dbname=postgres", "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
    return base_ + " dbname=" + name;
}

}  // namespace plus7::test
