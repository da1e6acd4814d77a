// The device's files, packed like everything on the wire.
#include "clients/native/device_folder.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "clients/native/private_file.hpp"
#include "protocol/cpp/pack/pack.hpp"

namespace attune::client {

namespace {

std::optional<Identity> read_identity(const std::filesystem::path& file) {
    const auto bytes = read_private(file);
    if (!bytes) return std::nullopt;
    auto identity = protocol::pack::from_bytes<Identity>(*bytes, protocol::wire_limits);
    if (!identity || !is_address(identity->address)) return std::nullopt;
    return *identity;
}

std::string write_identity(const std::filesystem::path& file, const Identity& identity) {
    std::vector<std::byte> bytes;
    if (protocol::pack::to_bytes(identity, bytes)) return "The hub's answer cannot be stored in " + file.string() + ".";
    return write_private(file, bytes);
}

}  // namespace

DeviceFolder::~DeviceFolder() {
    unlock();
}

DeviceFolder::DeviceFolder(DeviceFolder&& other) noexcept
    : path_(std::move(other.path_)),
      lock_trouble_(std::move(other.lock_trouble_)),
      lock_(std::exchange(other.lock_, -1)) {}

DeviceFolder& DeviceFolder::operator=(DeviceFolder&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(lock_trouble_, other.lock_trouble_);
    std::swap(lock_, other.lock_);
    return *this;
}

std::string DeviceFolder::prepare() const {
    return make_private_folder(path_);
}

std::string DeviceFolder::close_to_others() const {
    std::string open;
    for (const auto& file : {device_file(), fresh_file(), pending_file()}) {
        struct stat info{};
        if (::stat(file.c_str(), &info) != 0 || (info.st_mode & 077) == 0) continue;
        if (::chmod(file.c_str(), 0600) != 0) return cannot("closed to others", file);
        open += (open.empty() ? "" : " and ") + file.string();
    }
    if (open.empty()) return "";
    return "Others could read " + open + ", where this device keeps its keys; now they cannot. If somebody may have, "
           "have the device revoked on the hub (attune devices revoke) and enrol it with a new link.";
}

bool DeviceFolder::try_lock() {
    if (lock_ >= 0) return true;
    lock_trouble_.clear();
    const auto name = path_ / "lock";
    int file = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    // On a disk that may only be read it locks as well: a press must get through.
    if (file < 0 && errno == EROFS) file = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        lock_trouble_ = cannot("opened", name);
        return false;
    }
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        ::close(file);
        return false;
    }
    lock_ = file;
    return true;
}

void DeviceFolder::unlock() {
    if (lock_ >= 0) ::close(lock_);
    lock_ = -1;
}

std::optional<Identity> DeviceFolder::load() const {
    auto fresh = read_identity(fresh_file());
    return fresh ? fresh : read_identity(device_file());
}

std::string DeviceFolder::begin_enrolment(const EnrolmentLink& link) const {
    const auto before = read_identity(fresh_file());
    if (before && before->code == link.code && before->address == link.address && before->hub_key == link.hub_key)
        return "";
    Identity identity;
    identity.address = link.address;
    identity.hub_key = link.hub_key;
    identity.code = link.code;
    if (sodium_init() < 0) return "This machine gives no random bytes.";
    // What zmq_curve_keypair does, without its text form.
    crypto_box_keypair(reinterpret_cast<unsigned char*>(identity.public_key.data()),
                       reinterpret_cast<unsigned char*>(identity.secret_key.data()));
    return write_identity(fresh_file(), identity);
}

std::string DeviceFolder::store(const Identity& identity) const {
    return write_identity(identity.code ? fresh_file() : device_file(), identity);
}

std::string DeviceFolder::finish_enrolment(Identity identity) const {
    identity.code.reset();
    auto error = write_identity(device_file(), identity);
    if (error.empty()) remove_private(fresh_file());
    return error;
}

void DeviceFolder::drop_enrolment() const {
    remove_private(fresh_file());
}

void DeviceFolder::forget_device() const {
    remove_private(device_file());
    remove_private(pending_file());
}

}  // namespace attune::client
