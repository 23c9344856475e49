# SPDX-License-Identifier: BSL-1.0
# For <mica/asio.hpp>: AsyncEngine and AsyncSession, whose workers are threads. May be linked beside mica::compiled.
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
add_library(mica_asio INTERFACE)
add_library(mica::asio ALIAS mica_asio)
target_link_libraries(mica_asio INTERFACE mica Threads::Threads)
set_target_properties(mica_asio PROPERTIES EXPORT_NAME asio)
install(TARGETS mica_asio EXPORT micaTargets)
