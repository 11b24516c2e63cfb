// SPDX-License-Identifier: GPL-2.0-or-later
/* argument_names: what strace -N calls the arguments of calls, where that is not what the kernel
 * calls them (format/calls/calls.tbl). */
#include "decode/values/values.h"
#include "format/flags/flags.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct names {
	const char *call; /* "": of all calls that do not say otherwise */
	/*
	 * NULL: always; else only where the first of the arguments that are constants are these,
	 * a|b for one of several; `sigset`: where one of the arguments is a set of signals.
	 */
	const char *where;
	const char *names; /* the kernel's=strace's, which may have none */
};

// clang-format off
/* In order of calls; of one call the first that has the name counts. */
static const struct names table[] = {
	{ "", NULL, "filename=pathname ufds=fds start=addr sig=signum vec=iov vlen=iovcnt n=nfds inp=readfds "
	  "outp=writefds exp=exceptfds cmd=op ru=usage tsops=sops dirent=dirp oldname=oldpath newname=newpath "
	  "user=owner rgid=ruid egid=euid gidsetsize=size grouplist=list uinfo=info which_clock=clockid "
	  "timer_id=timerid utimes=times nmask=nodemask u_msg_ptr=msg_ptr u_abs_timeout=abs_timeout dfd=dirfd "
	  "flag=flags olddfd=olddirfd newdfd=newdirfd ufd=fd pos_l=offset mmsg=msgvec uattr=attr usize=size "
	  "at_flags=flags" },
	{ "_llseek", NULL, "offset_high=offset" },
	{ "_newselect", NULL, "tvp=timeout" },
	{ "accept", NULL, "fd=sockfd upeer_sockaddr=addr upeer_addrlen=addrlen" },
	{ "accept4", NULL, "fd=sockfd upeer_sockaddr=addr upeer_addrlen=addrlen" },
	{ "acct", NULL, "name=path" },
	{ "add_key", NULL, "ringid=keyring" },
	{ "adjtimex", NULL, "txc_p=buf" },
	{ "afs_syscall", NULL, "arg0=arg1 arg1=arg2 arg2=arg3 arg3=arg4 arg4=arg5" },
	{ "arch_prctl", NULL, "option=op arg2=addr" },
	{ "bdflush", NULL, "func=arg1 data=arg2" },
	{ "bind", NULL, "fd=sockfd umyaddr=addr" },
	{ "bpf", NULL, "cmd=cmd" },
	{ "brk", NULL, "brk=addr" },
	{ "capget", NULL, "header=hdrp dataptr=datap" },
	{ "capset", NULL, "header=hdrp data=datap" },
	{ "chdir", NULL, "filename=path" },
	{ "chroot", NULL, "filename=path" },
	{ "clock_adjtime", NULL, "utx=buf" },
	{ "clock_adjtime64", NULL, "utx=buf" },
	{ "clock_nanosleep", NULL, "rqtp=request rmtp=remain" },
	{ "clock_nanosleep_time64", NULL, "rqtp=request rmtp=remain" },
	{ "clone3", NULL, "uargs=cl_args" },
	{ "close_range", NULL, "fd=first max_fd=last" },
	{ "connect", NULL, "fd=sockfd uservaddr=addr" },
	{ "create_module", NULL, "name=arg1 size=arg2" },
	{ "delete_module", NULL, "name_user=name" },
	{ "dup", NULL, "fildes=oldfd" },
	{ "epoll_ctl_old", NULL, "arg0=arg1 arg1=arg2 arg2=arg3 arg3=arg4" },
	{ "epoll_wait_old", NULL, "arg0=arg1 arg1=arg2 arg2=arg3 arg3=arg4" },
	{ "eventfd", NULL, "count=initval" },
	{ "eventfd2", NULL, "count=initval" },
	{ "execveat", NULL, "fd=dirfd" },
	{ "exit", NULL, "error_code=status" },
	{ "exit_group", NULL, "error_code=status" },
	{ "file_getattr", NULL, "ufattr=attr" },
	{ "file_setattr", NULL, "ufattr=attr" },
	{ "finit_module", NULL, "uargs=param_values" },
	{ "fsconfig", NULL, "cmd=cmd" },
	{ "fsmount", NULL, "fs_fd=fd" },
	{ "fsopen", NULL, "fs_name=fsname" },
	{ "fspick", NULL, "path=pathname" },
	{ "fstatfs64", NULL, "sz=size" },
	{ "futex", NULL, "op=futex_op utime=timeout" },
	{ "futex_time64", NULL, "op=futex_op utime=timeout" },
	{ "get_kernel_syms", NULL, "table=arg1" },
	{ "get_mempolicy", NULL, "policy=mode" },
	{ "getcpu", NULL, "cpup=cpu nodep=node unused=tcache" },
	{ "getitimer", NULL, "value=curr_value" },
	{ "getpeername", NULL, "fd=sockfd usockaddr=addr usockaddr_len=addrlen" },
	{ "getpmsg", NULL, "arg0=arg1 arg1=arg2 arg2=arg3 arg3=arg4 arg4=arg5" },
	{ "getrandom", NULL, "ubuf=buf len=buflen" },
	{ "getresgid", NULL, "rgidp=ruid egidp=euid sgidp=suid" },
	{ "getresgid32", NULL, "rgidp=ruid egidp=euid sgidp=suid" },
	{ "getresuid", NULL, "ruidp=ruid euidp=euid suidp=suid" },
	{ "getresuid32", NULL, "ruidp=ruid euidp=euid suidp=suid" },
	{ "getsockname", NULL, "fd=sockfd usockaddr=addr usockaddr_len=addrlen" },
	{ "getsockopt", NULL, "fd=sockfd" },
	{ "getxattrat", NULL, "uargs=args" },
	{ "gtty", NULL, "arg0=arg1 arg1=arg2" },
	{ "init_module", NULL, "umod=module_image uargs=param_values" },
	{ "io_destroy", NULL, "ctx=ctx_id" },
	{ "io_pgetevents", NULL, "usig=sig" },
	{ "io_pgetevents_time64", NULL, "usig=sig" },
	{ "io_setup", NULL, "ctxp=ctx_idp" },
	{ "io_uring_enter", "sigset", "argp=sigset argsz=sigsetsize" },
	{ "io_uring_enter", NULL, "argp=arg" },
	{ "ioctl", "HDIO_GET_UNMASKINTR|HDIO_SET_UNMASKINTR", "arg=unmaskintr" },
	{ "ioctl", "HDIO_GET_MULTCOUNT|HDIO_SET_MULTCOUNT", "arg=multcount" },
	{ "ioctl", "HDIO_OBSOLETE_IDENTITY|HDIO_GET_IDENTITY", "arg=identity" },
	{ "ioctl", "HDIO_GET_KEEPSETTINGS|HDIO_SET_KEEPSETTINGS", "arg=keep_settings" },
	{ "ioctl", "HDIO_GET_32BIT|HDIO_GET_NOWERR|HDIO_GET_DMA|HDIO_GET_NICE|HDIO_GET_WCACHE|HDIO_GET_ACOUSTIC|HDIO_GET_ADDRESS|HDIO_GET_BUSSTATE|HDIO_DRIVE_RESET|HDIO_SET_32BIT|HDIO_SET_NOWERR|HDIO_SET_DMA|HDIO_SET_PIO_MODE|HDIO_SCAN_HWIF|HDIO_SET_NICE|HDIO_UNREGISTER_HWIF|HDIO_SET_WCACHE|HDIO_SET_ACOUSTIC|HDIO_SET_BUSSTATE|HDIO_SET_ADDRESS", "arg=arg" },
	{ "ioctl", "TCSBRK|TCXONC|TCFLSH|TIOCSCTTY|TCSBRKP", "arg=arg" },
	{ "ioctl", "FS_IOC_FSSETXATTR|FS_IOC_FSGETXATTR|BTRFS_IOC_CLONE_RANGE|FICLONERANGE|FS_IOC_GETFSUUID|FS_IOC_GETFSSYSFSPATH|FS_IOC_GETLBMD_CAP|BTRFS_IOC_FILE_EXTENT_SAME|FIDEDUPERANGE", "arg=arg" },
	{ "ioctl", "TIOCPKT", "arg=mode" },
	{ "ioctl", "TIOCSPTLCK", "arg=lock" },
	{ "ioctl", "NS_GET_OWNER_UID", "arg=uid" },
	{ "ioctl", "FS_IOC_SETFLAGS|FS_IOC_GETFLAGS|FS_IOC32_SETFLAGS|FS_IOC32_GETFLAGS", "arg=attr" },
	{ "ioctl", "BTRFS_IOC_CLONE|FICLONE", "arg=src_fd" },
	{ "ioctl", "FS_IOC_SETFSLABEL|FS_IOC_GETFSLABEL", "arg=label" },
	{ "ioctl", "GPIO_GET_CHIPINFO_IOCTL|GPIO_GET_LINEINFO_IOCTL|GPIO_GET_LINEINFO_WATCH_IOCTL|GPIO_V2_GET_LINEINFO_IOCTL|GPIO_V2_GET_LINEINFO_WATCH_IOCTL", "arg=info" },
	{ "ioctl", "GPIO_GET_LINEINFO_UNWATCH_IOCTL", "arg=offset" },
	{ "ioctl", "GPIO_V2_LINE_GET_VALUES_IOCTL|GPIO_V2_LINE_SET_VALUES_IOCTL|GPIOHANDLE_GET_LINE_VALUES_IOCTL|GPIOHANDLE_SET_LINE_VALUES_IOCTL", "arg=values" },
	{ "ioctl", "GPIO_GET_LINEEVENT_IOCTL|GPIO_GET_LINEHANDLE_IOCTL|GPIO_V2_GET_LINE_IOCTL", "arg=request" },
	{ "ioctl", "GPIOHANDLE_SET_CONFIG_IOCTL|GPIO_V2_LINE_SET_CONFIG_IOCTL", "arg=config" },
	{ "ioctl", NULL, "arg=argp" },
	{ "kexec_file_load", NULL, "cmdline_ptr=cmdline" },
	{ "keyctl", "KEYCTL_REVOKE|KEYCTL_CLEAR|KEYCTL_INVALIDATE|KEYCTL_ASSUME_AUTHORITY|KEYCTL_UPDATE|KEYCTL_CHOWN|KEYCTL_SETPERM|KEYCTL_LINK|KEYCTL_UNLINK|KEYCTL_DESCRIBE|KEYCTL_READ|KEYCTL_GET_SECURITY|KEYCTL_INSTANTIATE|KEYCTL_INSTANTIATE_IOV|KEYCTL_NEGATE|KEYCTL_REJECT|KEYCTL_SET_TIMEOUT|KEYCTL_MOVE|KEYCTL_PKEY_QUERY|KEYCTL_GET_KEYRING_ID", "arg2=key" },
	{ "keyctl", "KEYCTL_GET_KEYRING_ID", "arg3=create" },
	{ "keyctl", "KEYCTL_JOIN_SESSION_KEYRING", "arg2=name" },
	{ "keyctl", "KEYCTL_UPDATE|KEYCTL_INSTANTIATE|KEYCTL_INSTANTIATE_IOV", "arg3=payload arg4=plen arg5=keyring" },
	{ "keyctl", "KEYCTL_CHOWN", "arg3=uid arg4=gid" },
	{ "keyctl", "KEYCTL_SETPERM", "arg3=perms" },
	{ "keyctl", "KEYCTL_LINK|KEYCTL_UNLINK", "arg3=keyring" },
	{ "keyctl", "KEYCTL_DESCRIBE|KEYCTL_READ|KEYCTL_GET_SECURITY|KEYCTL_DH_COMPUTE", "arg3=buffer arg4=buflen" },
	{ "keyctl", "KEYCTL_SEARCH", "arg2=keyring arg3=type arg4=description arg5=dest_keyring" },
	{ "keyctl", "KEYCTL_NEGATE", "arg3=timeout arg4=keyring" },
	{ "keyctl", "KEYCTL_REJECT", "arg3=timeout arg4=error arg5=keyring" },
	{ "keyctl", "KEYCTL_SET_REQKEY_KEYRING", "arg2=reqkey_defl" },
	{ "keyctl", "KEYCTL_SET_TIMEOUT", "arg3=timeout" },
	{ "keyctl", "KEYCTL_GET_PERSISTENT", "arg2=uid arg3=keyring" },
	{ "keyctl", "KEYCTL_DH_COMPUTE", "arg2=dh_params arg5=kdf_params" },
	{ "keyctl", "KEYCTL_RESTRICT_KEYRING", "arg2=keyring arg3=type arg4=restriction" },
	{ "keyctl", "KEYCTL_MOVE", "arg3=from_keyring arg4=to_keyring arg5=flags" },
	{ "keyctl", "KEYCTL_PKEY_QUERY", "arg3=reserved arg4=params arg5=info" },
	{ "keyctl", "KEYCTL_PKEY_ENCRYPT|KEYCTL_PKEY_DECRYPT|KEYCTL_PKEY_SIGN", "arg2=params arg3=info arg4=in arg5=out" },
	{ "keyctl", "KEYCTL_PKEY_VERIFY", "arg2=params arg3=info arg4=in arg5=in2" },
	{ "keyctl", "KEYCTL_CAPABILITIES", "arg2=buffer arg3=buflen" },
	{ "keyctl", NULL, "option=operation" },
	{ "listen", NULL, "fd=sockfd" },
	{ "lookup_dcookie", NULL, "buf=buffer" },
	{ "madvise", NULL, "len_in=length behavior=advice" },
	{ "map_shadow_stack", NULL, "size=len" },
	{ "membarrier", NULL, "cmd=cmd" },
	{ "memfd_create", NULL, "uname=name" },
	{ "mincore", NULL, "len=length vec=vec" },
	{ "mlock", NULL, "len=length" },
	{ "mlock2", NULL, "len=length" },
	{ "mmap", NULL, "len=length off=offset args=addr" },
	{ "mmap2", NULL, "len=length pgoff=offset" },
	{ "mount", NULL, "dev_name=source dir_name=target type=filesystemtype flags=mountflags" },
	{ "mount_setattr", NULL, "path=pathname" },
	{ "move_pages", NULL, "nr_pages=count" },
	{ "mprotect", NULL, "len=length" },
	{ "mq_getsetattr", NULL, "u_mqstat=newattr u_omqstat=oldattr" },
	{ "mq_notify", NULL, "u_notification=sevp" },
	{ "mq_open", NULL, "u_name=name oflag=flags u_attr=attr" },
	{ "mq_timedreceive", NULL, "u_msg_prio=msg_prio" },
	{ "mq_timedreceive_time64", NULL, "u_msg_prio=msg_prio" },
	{ "mq_unlink", NULL, "u_name=path" },
	{ "mremap", NULL, "addr=old_address old_len=old_size new_len=new_size new_addr=new_address" },
	{ "mseal", NULL, "len=length" },
	{ "msync", NULL, "len=length" },
	{ "munlock", NULL, "len=length" },
	{ "munmap", NULL, "len=length" },
	{ "name_to_handle_at", NULL, "name=pathname mnt_id=mount_id" },
	{ "nanosleep", NULL, "rqtp=req rmtp=rem" },
	{ "nfsservctl", NULL, "arg0=arg1 arg1=arg2 arg2=arg3" },
	{ "oldolduname", NULL, "name=arg1" },
	{ "olduname", NULL, "name=arg1" },
	{ "open_by_handle_at", NULL, "mountdirfd=mount_fd" },
	{ "perf_event_open", NULL, "attr_uptr=attr" },
	{ "personality", NULL, "personality=persona" },
	{ "pidfd_getfd", NULL, "fd=targetfd" },
	{ "pipe", NULL, "fildes=pipefd" },
	{ "pipe2", NULL, "fildes=pipefd" },
	{ "pivot_root", NULL, "new_root=oldpath put_old=newpath" },
	{ "pkey_alloc", NULL, "init_val=access_rights" },
	{ "pkey_mprotect", NULL, "len=length" },
	{ "poll", NULL, "timeout_msecs=timeout" },
	{ "ppoll", NULL, "tsp=tmo_p" },
	{ "ppoll_time64", NULL, "tsp=tmo_p" },
	{ "prctl", "PR_CAPBSET_DROP|PR_CAPBSET_READ", "arg2=cap" },
	{ "prctl", "PR_CAP_AMBIENT PR_CAP_AMBIENT_IS_SET|PR_CAP_AMBIENT_RAISE|PR_CAP_AMBIENT_LOWER", "arg3=caps" },
	{ "prctl", "PR_MCE_KILL PR_MCE_KILL_SET", "arg3=policy" },
	{ "prctl", "PR_CAP_AMBIENT|PR_MCE_KILL|PR_SET_MM|PR_SCHED_CORE|PR_SET_SYSCALL_USER_DISPATCH", "arg2=operation" },
	{ "prctl", "PR_SCHED_CORE PR_SCHED_CORE_GET", "arg5=cookie" },
	{ "prctl", "PR_SCHED_CORE", "arg3=pid arg4=pid_type" },
	{ "prctl", "PR_SET_SYSCALL_USER_DISPATCH", "arg3=off arg4=size arg5=switch" },
	{ "prctl", "PR_SET_VMA PR_SET_VMA_ANON_NAME", "arg3=addr arg4=size arg5=name" },
	{ "prctl", "PR_SET_VMA", "arg2=attr" },
	{ "prctl", "PR_GET_CHILD_SUBREAPER", "arg2=isset" },
	{ "prctl", "PR_SET_CHILD_SUBREAPER|PR_SET_NO_NEW_PRIVS", "arg2=set" },
	{ "prctl", "PR_GET_ENDIAN|PR_SET_ENDIAN", "arg2=endianness" },
	{ "prctl", "PR_GET_FPEMU|PR_SET_FPEMU", "arg2=fpemu" },
	{ "prctl", "PR_GET_FPEXC|PR_SET_FPEXC|PR_SET_FP_MODE|PR_SET_SECCOMP|PR_SET_TIMING|PR_SET_TAGGED_ADDR_CTRL", "arg2=mode" },
	{ "prctl", "PR_GET_NAME|PR_SET_NAME", "arg2=name" },
	{ "prctl", "PR_GET_PDEATHSIG|PR_SET_PDEATHSIG", "arg2=sig" },
	{ "prctl", "PR_GET_SPECULATION_CTRL|PR_SET_SPECULATION_CTRL", "arg2=misfeature arg3=value" },
	{ "prctl", "PR_GET_TID_ADDRESS", "arg2=addr" },
	{ "prctl", "PR_GET_TSC|PR_SET_TSC|PR_SET_THP_DISABLE", "arg2=flag" },
	{ "prctl", "PR_GET_UNALIGN|PR_SET_UNALIGN|PR_SET_SECUREBITS", "arg2=flags" },
	{ "prctl", "PR_PAC_RESET_KEYS", "arg2=keys" },
	{ "prctl", "PR_PAC_SET_ENABLED_KEYS", "arg2=bitmask_affected arg3=bitmask_set" },
	{ "prctl", "PR_PPC_GET_DEXCR|PR_PPC_SET_DEXCR", "arg2=which" },
	{ "prctl", "PR_PPC_SET_DEXCR", "arg3=ctrl" },
	{ "prctl", "PR_RISCV_SET_ICACHE_FLUSH_CTX", "arg2=ctx arg3=scope" },
	{ "prctl", "PR_RISCV_V_SET_CONTROL|PR_SME_SET_VL", "arg2=arg" },
	{ "prctl", "PR_SVE_SET_VL", "arg2=value" },
	{ "prctl", "PR_SET_DUMPABLE", "arg2=dumpable" },
	{ "prctl", "PR_SET_IO_FLUSHER|PR_SET_KEEPCAPS", "arg2=state" },
	{ "prctl", "PR_SET_MDWE", "arg2=mask" },
	{ "prctl", "PR_SET_PTRACER", "arg2=pid" },
	{ "prctl", "PR_SET_TIMERSLACK", "arg2=slack" },
	{ "prctl", "PR_SET_SECCOMP SECCOMP_MODE_FILTER", "arg3=filter" },
	{ "prctl", NULL, "option=op" },
	{ "pread64", NULL, "pos=offset" },
	{ "prlimit64", NULL, "new_rlim=new_limit old_rlim=old_limit" },
	{ "process_madvise", NULL, "vec=iovec vlen=n behavior=advice" },
	{ "process_vm_readv", NULL, "lvec=local_iov rvec=remote_iov" },
	{ "process_vm_writev", NULL, "lvec=local_iov rvec=remote_iov" },
	{ "profil", NULL, "arg0=arg1 arg1=arg2 arg2=arg3 arg3=arg4" },
	{ "pselect6", NULL, "tsp=timeout sig=sig" },
	{ "pselect6_time64", NULL, "tsp=timeout sig=sig" },
	{ "ptrace", "PTRACE_GETREGS|PTRACE_SETREGS|PTRACE_GETFPREGS|PTRACE_SETFPREGS", "data=addr" },
	{ "ptrace", NULL, "request=op" },
	{ "putpmsg", NULL, "arg0=arg1 arg1=arg2 arg2=arg3 arg3=arg4 arg4=arg5" },
	{ "pwrite64", NULL, "pos=offset" },
	{ "query_module", NULL, "name=arg1 which=arg2 buf=arg3 bufsize=arg4 ret_size=arg5" },
	{ "readlink", NULL, "path=pathname" },
	{ "reboot", NULL, "magic1=magic" },
	{ "recv", NULL, "fd=sockfd" },
	{ "recvfrom", NULL, "fd=sockfd ubuf=buf size=len addr=src_addr addr_len=addrlen" },
	{ "recvmmsg", NULL, "fd=sockfd vlen=vlen" },
	{ "recvmmsg_time64", NULL, "fd=sockfd vlen=vlen" },
	{ "recvmsg", NULL, "fd=sockfd" },
	{ "request_key", NULL, "destringid=dest_keyring" },
	{ "restart_syscall", NULL, "call=" },
	{ "rmdir", NULL, "pathname=path" },
	{ "rseq", NULL, "sig=sig" },
	{ "rt_sigaction", NULL, "oact=oldact" },
	{ "rt_sigpending", NULL, "uset=set" },
	{ "rt_sigprocmask", NULL, "nset=set oset=oldset" },
	{ "rt_sigqueueinfo", NULL, "pid=tgid" },
	{ "rt_sigreturn", NULL, "frame=sigmask" },
	{ "rt_sigsuspend", NULL, "unewset=set" },
	{ "rt_sigtimedwait", NULL, "uthese=set uts=timeout" },
	{ "rt_sigtimedwait_time64", NULL, "uthese=set uts=timeout" },
	{ "rt_tgsigqueueinfo", NULL, "pid=tid" },
	{ "sched_getaffinity", NULL, "len=cpusetsize user_mask_ptr=mask" },
	{ "sched_rr_get_interval", NULL, "interval=tp" },
	{ "sched_rr_get_interval_time64", NULL, "interval=tp" },
	{ "sched_setaffinity", NULL, "len=cpusetsize user_mask_ptr=mask" },
	{ "seccomp", NULL, "op=operation uargs=args" },
	{ "security", NULL, "arg0=arg1 arg1=arg2 arg2=arg3" },
	{ "select", NULL, "tvp=timeout args=arg" },
	{ "send", NULL, "fd=sockfd" },
	{ "sendmmsg", NULL, "fd=sockfd vlen=vlen" },
	{ "sendmsg", NULL, "fd=sockfd" },
	{ "sendto", NULL, "fd=sockfd buff=buf addr=dest_addr addr_len=addrlen" },
	{ "set_mempolicy_home_node", NULL, "start=start" },
	{ "set_robust_list", NULL, "head=addr len=length" },
	{ "setfsgid", NULL, "gid=fsuid" },
	{ "setfsgid32", NULL, "gid=fsuid" },
	{ "setfsuid", NULL, "uid=fsuid" },
	{ "setfsuid32", NULL, "uid=fsuid" },
	{ "setgid", NULL, "gid=uid" },
	{ "setgid32", NULL, "gid=uid" },
	{ "setitimer", NULL, "value=new_value ovalue=old_value" },
	{ "setns", NULL, "flags=nstype" },
	{ "setpriority", NULL, "niceval=prio" },
	{ "setresgid", NULL, "sgid=suid" },
	{ "setresgid32", NULL, "sgid=suid" },
	{ "setsockopt", NULL, "fd=sockfd" },
	{ "setxattrat", NULL, "uargs=args" },
	{ "shutdown", NULL, "fd=sockfd" },
	{ "sigaction", NULL, "oact=oldact" },
	{ "sigaltstack", NULL, "uss=ss uoss=old_ss" },
	{ "signalfd", NULL, "user_mask=mask" },
	{ "signalfd4", NULL, "user_mask=mask" },
	{ "sigpending", NULL, "uset=set" },
	{ "sigprocmask", NULL, "nset=set oset=oldset" },
	{ "sigreturn", NULL, "frame=sigmask" },
	{ "socket", NULL, "family=domain" },
	{ "socketpair", NULL, "family=domain usockvec=sv" },
	{ "statfs64", NULL, "sz=size" },
	{ "statx", NULL, "buffer=statxbuf" },
	{ "stime", NULL, "tptr=tloc" },
	{ "stty", NULL, "arg0=arg1 arg1=arg2" },
	{ "swapoff", NULL, "specialfile=path" },
	{ "swapon", NULL, "specialfile=path swap_flags=swapflags" },
	{ "symlinkat", NULL, "oldname=target newname=linkpath" },
	{ "sysfs", NULL, "option=arg1 arg1=arg2 arg2=arg3" },
	{ "syslog", NULL, "buf=bufp" },
	{ "tee", NULL, "fdin=fd_in fdout=fd_out" },
	{ "tgkill", NULL, "pid=tid" },
	{ "timer_create", NULL, "timer_event_spec=sevp created_timer_id=timerid" },
	{ "timer_gettime", NULL, "setting=curr_value" },
	{ "timer_gettime64", NULL, "setting=curr_value" },
	{ "timer_settime", NULL, "new_setting=new_value old_setting=old_value" },
	{ "timer_settime64", NULL, "new_setting=new_value old_setting=old_value" },
	{ "timerfd_gettime", NULL, "otmr=curr_value" },
	{ "timerfd_gettime64", NULL, "otmr=curr_value" },
	{ "timerfd_settime", NULL, "utmr=new_value otmr=old_value" },
	{ "timerfd_settime64", NULL, "utmr=new_value otmr=old_value" },
	{ "times", NULL, "tbuf=buf" },
	{ "tkill", NULL, "pid=tid" },
	{ "tuxcall", NULL, "arg0=arg1 arg1=arg2 arg2=arg3" },
	{ "ulimit", NULL, "arg0=arg1 arg1=arg2" },
	{ "umount", NULL, "name=path" },
	{ "umount2", NULL, "name=target" },
	{ "uname", NULL, "name=buf" },
	{ "unlink", NULL, "pathname=path" },
	{ "unshare", NULL, "unshare_flags=flags" },
	{ "uselib", NULL, "library=path" },
	{ "utime", NULL, "filename=filename" },
	{ "vm86", NULL, "arg0=arg1 arg1=arg2 arg2=arg3 arg3=arg4 arg4=arg5" },
	{ "vm86old", NULL, "arg0=arg1" },
	{ "vmsplice", NULL, "uiov=iov" },
	{ "vserver", NULL, "arg0=arg1 arg1=arg2 arg2=arg3 arg3=arg4 arg4=arg5" },
	{ "wait4", NULL, "upid=pid stat_addr=status" },
	{ "waitid", NULL, "which=idtype upid=id infop=siginfo" },
	{ "waitpid", NULL, "stat_addr=status" },
};
// clang-format on

static int compare(const void *call, const void *row)
{
	return strcmp(call, ((const struct names *)row)->call);
}

/* Whether one of the `size` bytes of a|b|c is a name of this value. */
static bool has_value(const char *list, size_t size, const struct flag_table *t, uint64_t value)
{
	char name[64];

	for (const char *end = list + size; list < end; list++) {
		const char *bar = memchr(list, '|', end - list);
		size_t one = (bar ? bar : end) - list;
		uint64_t named;

		snprintf(name, sizeof(name), "%.*s", (int)one, list);
		if (!flag_value_by_name(t, name, &named) && named == value)
			return true;
		list += one;
	}
	return false;
}

static const struct flag_table *constants(const struct desc_arg *arg)
{
	return arg->kind == DESC_ENUM || arg->kind == DESC_ENUM64 ? flag_table_find(arg->ref)
								  : NULL;
}

static bool takes_signals(const struct desc_call *desc)
{
	for (int i = 0; i < desc->args; i++)
		if (desc->arg[i].kind == DESC_SIGSET)
			return true;
	return false;
}

static bool applies(const struct call *call, const char *where)
{
	const struct desc_call *desc = call->desc;

	if (where && !strcmp(where, "sigset"))
		return takes_signals(desc);
	for (int i = 0; where && *where; i++) {
		const struct flag_table *t = i < desc->args ? constants(&desc->arg[i]) : NULL;
		size_t size = strcspn(where, " ");
		uint64_t value;

		if (i >= desc->args)
			return false;
		if (!t)
			continue;
		value = desc->arg[i].kind == DESC_ENUM ? (uint32_t)call->arg[i] : call->arg[i];
		if (!has_value(where, size, t, value))
			return false;
		where += size;
		where += *where == ' ';
	}
	return true;
}

/* What `names` has for a name: where it is and its length in *size, or NULL. */
static const char *find(const char *names, const char *name, size_t *size)
{
	size_t length = strlen(name);

	while (*names) {
		*size = strcspn(names, " ");
		if (*size > length && names[length] == '=' && !memcmp(names, name, length)) {
			*size -= length + 1;
			return names + length + 1;
		}
		names += *size;
		names += *names == ' ';
	}
	return NULL;
}

/* `name` itself where they agree; `*size`: its length. */
static const char *argument_name(const struct call *call, const char *name, size_t *size)
{
	const size_t count = sizeof(table) / sizeof(*table);
	const struct names *row = bsearch(call->name, table, count, sizeof(*table), compare);
	const char *found;

	while (row && row > table && !strcmp(row[-1].call, row->call))
		row--;
	for (; row && row < table + count && !strcmp(row->call, call->name); row++) {
		found = find(row->names, name, size);
		if (found && call->desc && applies(call, row->where))
			return found;
	}
	found = find(table->names, name, size);
	if (!found)
		*size = strlen(name);
	return found ? found : name;
}

static void begin_argument(struct show *s)
{
	struct show_marks *m = s->marks;

	if (s->out->used != s->first)
		text_bytes(s->out, ", ", 2);
	if (m && m->count < sizeof(m->at) / sizeof(*m->at))
		m->at[m->count++] = s->out->used;
}

void text_argument(struct show *s, const char *name)
{
	size_t size;

	s->before = s->out->used;
	begin_argument(s);
	if (!name || !s->options->argument_names)
		return;
	name = argument_name(s->call, name, &size);
	text_bytes(s->out, name, size);
	if (size)
		text_char(s->out, '=');
	s->named = s->out->used;
}
