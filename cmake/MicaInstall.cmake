# SPDX-License-Identifier: BSL-1.0
# Installs the headers, mica::compiled where it is built, and what find_package(mica) needs to find them again.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(mica_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/mica")

install(TARGETS mica EXPORT micaTargets FILE_SET HEADERS FILE_SET bodies)
if(MICA_BUILD_COMPILED)
    install(TARGETS mica_compiled EXPORT micaTargets)
    set(mica_architecture)
else()
    set(mica_architecture ARCH_INDEPENDENT)
endif()
install(EXPORT micaTargets NAMESPACE mica:: DESTINATION "${mica_package_dir}")

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/micaConfig.cmake.in"
    "${PROJECT_BINARY_DIR}/micaConfig.cmake" INSTALL_DESTINATION "${mica_package_dir}"
    NO_SET_AND_CHECK_MACRO)
# Until 1.0 a minor version may change the API.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/micaConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion ${mica_architecture})
install(FILES "${PROJECT_BINARY_DIR}/micaConfig.cmake" "${PROJECT_BINARY_DIR}/micaConfigVersion.cmake"
    DESTINATION "${mica_package_dir}")
