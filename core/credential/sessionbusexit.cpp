// SPDX-License-Identifier: MIT
#include "core/credential/sessionbusexit.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <dlfcn.h>
#endif

namespace sallyport {

void disableSessionBusExit() {
#ifdef Q_OS_LINUX
    // Of qtkeychain's libsecret: found where it is in memory, not linked, and not loaded for this.
    void* gio = ::dlopen("libgio-2.0.so.0", RTLD_LAZY | RTLD_NOLOAD);
    void* object = ::dlopen("libgobject-2.0.so.0", RTLD_LAZY | RTLD_NOLOAD);
    if (!gio || !object) return;
    using GetBus = void* (*)(int, void*, void*);
    using SetExit = void (*)(void*, int);
    using Unref = void (*)(void*);
    const auto busGet = reinterpret_cast<GetBus>(::dlsym(gio, "g_bus_get_sync"));
    const auto setExit =
        reinterpret_cast<SetExit>(::dlsym(gio, "g_dbus_connection_set_exit_on_close"));
    const auto unref = reinterpret_cast<Unref>(::dlsym(object, "g_object_unref"));
    constexpr int kSessionBus = 2; // G_BUS_TYPE_SESSION
    if (!busGet || !setExit || !unref) return;
    // The one of the process, which is shared while anything holds it.
    void* const bus = busGet(kSessionBus, nullptr, nullptr);
    if (!bus) return;
    setExit(bus, 0);
    unref(bus);
#endif
}

} // namespace sallyport
