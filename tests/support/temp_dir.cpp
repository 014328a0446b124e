#include "tests/support/temp_dir.hpp"

#include <cstdlib>
#include <system_error>

namespace plus7::test {

TempDir::TempDir() {
    std::string name = (std::filesystem::temp_directory_path() / "plus7-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), "mkdtemp " + name);
    path_ = name;
}

TempDir::~TempDir() {
    std::error_code ignored;  // a leftover in /tmp is no reason to end the test program
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace plus7::test
