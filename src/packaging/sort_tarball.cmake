# cpack writes the files of a tarball in whatever order the disk has them; two builds are to be equal.
if(CPACK_GENERATOR STREQUAL TGZ)
  get_filename_component(name ${CPACK_TEMPORARY_DIRECTORY} NAME)
  execute_process(COMMAND tar --create --file=${CPACK_PACKAGE_FILES} "--use-compress-program=gzip -9n"
      --sort=name --owner=root:0 --group=root:0 --directory=${CPACK_TEMPORARY_DIRECTORY}/.. ${name}
    COMMAND_ERROR_IS_FATAL ANY)
endif()
