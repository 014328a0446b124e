#include "shared/crypto/secret_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "tests/shared/crypto/bytes_of.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using test::bytes;

namespace {

std::size_t files_in(const std::filesystem::path& folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

mode_t mode_of(const std::string& path) {
    struct stat facts {};
    REQUIRE(::stat(path.c_str(), &facts) == 0);
    return facts.st_mode & 07777;
}

}  // namespace

TEST_CASE("a secret file comes back as written, with mode 0600 whatever the umask") {
    const test::TempDir folder;
    const auto path = folder.file("key");
    for (const mode_t mask : {0000, 0077, 0777}) {
        const mode_t before = ::umask(mask);
        const auto written = crypto::write_secret_file(path, bytes("s3cret"));
        ::umask(before);
        REQUIRE(written.ok());
        CHECK(mode_of(path) == 0600);
        CHECK(crypto::read_secret_file(path).value().text() == "s3cret");
    }
    CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("a secret file that is destroyed is overwritten and gone; one that is not there is no error") {
    const test::TempDir folder;
    const auto path = folder.file("key");
    REQUIRE(crypto::write_secret_file(path, bytes("s3cret")).ok());
    REQUIRE(::link(path.c_str(), folder.file("another name").c_str()) == 0);
    REQUIRE(crypto::destroy_secret_file(path).ok());
    CHECK(crypto::read_secret_file(path).error().kind == core::ErrorKind::not_found);
    CHECK(crypto::read_secret_file(folder.file("another name")).value().text() == std::string(6, '\0'));
    CHECK(crypto::destroy_secret_file(path).ok());
}

TEST_CASE("a secret file that others may touch is refused with what to do") {
    const test::TempDir folder;
    const auto path = folder.file("key");
    REQUIRE(crypto::write_secret_file(path, bytes("x")).ok());
    for (const mode_t mode : {0640, 0604, 0644, 0620, 0602, 0610, 0660}) {
        REQUIRE(::chmod(path.c_str(), mode) == 0);
        const auto read = crypto::read_secret_file(path);
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().kind == core::ErrorKind::denied);
        CHECK(read.error().message.find("chmod 600 " + path) != std::string::npos);
    }
    REQUIRE(::chmod(path.c_str(), 0400) == 0);
    CHECK(crypto::read_secret_file(path).ok());
}

TEST_CASE("a systemd credential may show group bits, never bits for all") {
    const test::TempDir folder;
    const auto path = folder.file("key");
    REQUIRE(crypto::write_secret_file(path, bytes("x")).ok());
    REQUIRE(::setenv("CREDENTIALS_DIRECTORY", folder.path().c_str(), 1) == 0);
    REQUIRE(::chmod(path.c_str(), 0440) == 0);
    const bool group = crypto::read_secret_file(path).ok();
    REQUIRE(::chmod(path.c_str(), 0444) == 0);
    const bool all = crypto::read_secret_file(path).ok();
    ::unsetenv("CREDENTIALS_DIRECTORY");
    CHECK(group);
    CHECK_FALSE(all);
}

TEST_CASE("readers meet the old or the new content of a file being replaced, never a part") {
    const test::TempDir folder;
    const auto path = folder.file("key");
    const core::Bytes a(8192, 'a');
    const core::Bytes b(5000, 'b');
    REQUIRE(crypto::write_secret_file(path, a).ok());
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::jthread reader([&] {
        while (!done) {
            const auto read = crypto::read_secret_file(path);
            if (!read || (!core::equal(read->bytes(), a) && !core::equal(read->bytes(), b))) ++wrong;
        }
    });
    for (int i = 0; i < 50; ++i) CHECK(crypto::write_secret_file(path, i % 2 == 0 ? b : a).ok());
    done = true;
    reader.join();
    CHECK(wrong == 0);
    CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("a failed write keeps the old state and leaves no temporary file") {
    const test::TempDir folder;
    std::filesystem::create_directory(folder.path() / "taken");
    const auto onto_folder = crypto::write_secret_file(folder.file("taken"), bytes("x"));
    CHECK(onto_folder.error().kind == core::ErrorKind::unavailable);
    CHECK(files_in(folder.path()) == 1);
    const auto nowhere = crypto::write_secret_file(folder.file("no/such/folder"), bytes("x"));
    CHECK(nowhere.error().message.find("no/such/folder") != std::string::npos);
}

TEST_CASE("a missing file, a folder, a pipe and a huge file are told apart") {
    const test::TempDir folder;
    CHECK(crypto::read_secret_file(folder.file("none")).error().kind == core::ErrorKind::not_found);
    CHECK(crypto::read_secret_file(folder.path()).error().kind == core::ErrorKind::denied);
    REQUIRE(::mkfifo(folder.file("pipe").c_str(), 0600) == 0);
    CHECK(crypto::read_secret_file(folder.file("pipe")).error().kind == core::ErrorKind::denied);
    const auto huge = folder.file("huge");
    REQUIRE(crypto::write_secret_file(huge, core::Bytes(1024 * 1024 + 1)).ok());
    CHECK(crypto::read_secret_file(huge).error().kind == core::ErrorKind::limit);
    const auto empty = folder.file("empty");
    REQUIRE(crypto::write_secret_file(empty, {}).ok());
    CHECK(crypto::read_secret_file(empty).value().size() == 0);
}
