# SPDX-License-Identifier: BSL-1.0
# Installs the headers, mica::compiled where it is built, and what find_package(mica) and pkg-config need to find them.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(mica_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/mica")

install(TARGETS mica EXPORT micaTargets FILE_SET HEADERS FILE_SET bodies)
if(MICA_BUILD_COMPILED)
    install(TARGETS mica_compiled mica_json EXPORT micaTargets)
    set(mica_architecture)
else()
    set(mica_architecture ARCH_INDEPENDENT)
endif()
install(EXPORT micaTargets NAMESPACE mica:: DESTINATION "${mica_package_dir}")

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/micaConfig.cmake.in"
    "${PROJECT_BINARY_DIR}/micaConfig.cmake" INSTALL_DESTINATION "${mica_package_dir}"
    PATH_VARS CMAKE_INSTALL_INCLUDEDIR NO_SET_AND_CHECK_MACRO)
# Until 1.0 a minor version may change the API.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/micaConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion ${mica_architecture})
install(FILES "${PROJECT_BINARY_DIR}/micaConfig.cmake" "${PROJECT_BINARY_DIR}/micaConfigVersion.cmake"
    "${CMAKE_CURRENT_LIST_DIR}/MicaRegexp.cmake" "${CMAKE_CURRENT_LIST_DIR}/MicaSqlcipher.cmake"
    DESTINATION "${mica_package_dir}")

# pkg-config has no name for Boost's headers: where a compiler does not look for them by itself, the flag is here.
get_target_property(mica_boost_flags Boost::headers INTERFACE_INCLUDE_DIRECTORIES)
list(REMOVE_ITEM mica_boost_flags ${CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES})
list(FILTER mica_boost_flags INCLUDE REGEX "^/")
list(TRANSFORM mica_boost_flags PREPEND " -I")
string(JOIN "" mica_boost_flags ${mica_boost_flags})
file(RELATIVE_PATH mica_prefix_from_pkgconfig "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" mica_prefix_from_pkgconfig "${mica_prefix_from_pkgconfig}")
set(mica_pc_files mica mica-regexp mica-sqlcipher)
if(MICA_BUILD_COMPILED)
    list(APPEND mica_pc_files mica-compiled)
endif()
foreach(name IN LISTS mica_pc_files)
    configure_file("${CMAKE_CURRENT_LIST_DIR}/${name}.pc.in" "${PROJECT_BINARY_DIR}/${name}.pc" @ONLY)
    install(FILES "${PROJECT_BINARY_DIR}/${name}.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endforeach()
