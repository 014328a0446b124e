// plus7-picture-reader: started by plus7-agent, which finds it beside itself.
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>

#include "agent/reader/picture_reader.hpp"
#include "agent/reader/read_symbol.hpp"

int main() {
    int kind = 0;
    socklen_t size = sizeof kind;
    if (::getsockopt(STDIN_FILENO, SOL_SOCKET, SO_TYPE, &kind, &size) != 0) {
        std::fputs("plus7-picture-reader is started by plus7-agent, which sends it the pictures\n", stderr);
        return 2;
    }
    return plus7::agent::reader::read_pictures(plus7::agent::reader::read_symbol);
}
