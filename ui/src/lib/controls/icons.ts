/** The icons of the window, by their meaning here. */

import Archive from "@lucide/svelte/icons/archive";
import ArrowDown from "@lucide/svelte/icons/arrow-down";
import ArrowDownUp from "@lucide/svelte/icons/arrow-down-up";
import ArrowLeft from "@lucide/svelte/icons/arrow-left";
import ArrowUp from "@lucide/svelte/icons/arrow-up";
import Ban from "@lucide/svelte/icons/ban";
import BriefcaseBusiness from "@lucide/svelte/icons/briefcase-business";
import CalendarDays from "@lucide/svelte/icons/calendar-days";
import Check from "@lucide/svelte/icons/check";
import ChevronDown from "@lucide/svelte/icons/chevron-down";
import ChevronRight from "@lucide/svelte/icons/chevron-right";
import CircleAlert from "@lucide/svelte/icons/circle-alert";
import CircleCheck from "@lucide/svelte/icons/circle-check";
import CirclePause from "@lucide/svelte/icons/circle-pause";
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import CircleX from "@lucide/svelte/icons/circle-x";
import Clock from "@lucide/svelte/icons/clock";
import CloudDownload from "@lucide/svelte/icons/cloud-download";
import CloudOff from "@lucide/svelte/icons/cloud-off";
import Copy from "@lucide/svelte/icons/copy";
import Ellipsis from "@lucide/svelte/icons/ellipsis";
import ExternalLink from "@lucide/svelte/icons/external-link";
import File from "@lucide/svelte/icons/file";
import FileArchive from "@lucide/svelte/icons/file-archive";
import FileImage from "@lucide/svelte/icons/file-image";
import FilePlus from "@lucide/svelte/icons/file-plus-corner";
import FileSpreadsheet from "@lucide/svelte/icons/file-spreadsheet";
import FileText from "@lucide/svelte/icons/file-text";
import FileVideo from "@lucide/svelte/icons/file-play";
import Folder from "@lucide/svelte/icons/folder";
import FolderDown from "@lucide/svelte/icons/folder-down";
import FolderOpen from "@lucide/svelte/icons/folder-open";
import FolderPlus from "@lucide/svelte/icons/folder-plus";
import FolderTree from "@lucide/svelte/icons/folder-tree";
import Globe from "@lucide/svelte/icons/globe";
import GraduationCap from "@lucide/svelte/icons/graduation-cap";
import History from "@lucide/svelte/icons/history";
import Info from "@lucide/svelte/icons/info";
import Inbox from "@lucide/svelte/icons/inbox";
import Keyboard from "@lucide/svelte/icons/keyboard";
import Landmark from "@lucide/svelte/icons/landmark";
import Layers from "@lucide/svelte/icons/layers";
import Link from "@lucide/svelte/icons/link";
import LogOut from "@lucide/svelte/icons/log-out";
import Mail from "@lucide/svelte/icons/mail";
import MapPin from "@lucide/svelte/icons/map-pin";
import Monitor from "@lucide/svelte/icons/monitor";
import PanelLeft from "@lucide/svelte/icons/panel-left";
import Paperclip from "@lucide/svelte/icons/paperclip";
import Pause from "@lucide/svelte/icons/pause";
import Pencil from "@lucide/svelte/icons/pencil";
import Play from "@lucide/svelte/icons/play";
import Plus from "@lucide/svelte/icons/plus";
import Printer from "@lucide/svelte/icons/printer";
import RotateCcw from "@lucide/svelte/icons/rotate-ccw";
import Search from "@lucide/svelte/icons/search";
import Settings from "@lucide/svelte/icons/settings";
import ShieldCheck from "@lucide/svelte/icons/shield-check";
import Trash from "@lucide/svelte/icons/trash-2";
import TriangleAlert from "@lucide/svelte/icons/triangle-alert";
import Undo from "@lucide/svelte/icons/undo-2";
import User from "@lucide/svelte/icons/user";
import UserPlus from "@lucide/svelte/icons/user-plus";
import Users from "@lucide/svelte/icons/users";
import X from "@lucide/svelte/icons/x";
import Zap from "@lucide/svelte/icons/zap";
import ZoomIn from "@lucide/svelte/icons/zoom-in";
import ZoomOut from "@lucide/svelte/icons/zoom-out";

export const icons = {
  active: CircleCheck,
  add: Plus,
  addFiles: FilePlus,
  addFolder: FolderPlus,
  already: Layers,
  archive: FileArchive,
  ascending: ArrowUp,
  attachment: Paperclip,
  back: ArrowLeft,
  browser: Globe,
  cancel: CircleX,
  check: Check,
  client: User,
  close: X,
  closed: Archive,
  connect: Link,
  copy: Copy,
  date: CalendarDays,
  descending: ArrowDown,
  device: Monitor,
  edit: Pencil,
  expand: ChevronDown,
  external: ExternalLink,
  failed: CircleAlert,
  fetching: CloudDownload,
  file: File,
  firm: Landmark,
  folder: Folder,
  folderOpen: FolderOpen,
  goInto: ChevronRight,
  help: CircleQuestionMark,
  history: History,
  image: FileImage,
  inbox: Inbox,
  info: Info,
  interrupted: Zap,
  keyboard: Keyboard,
  leftOut: Ban,
  mail: Mail,
  matter: BriefcaseBusiness,
  menu: PanelLeft,
  more: Ellipsis,
  newClient: UserPlus,
  offline: CloudOff,
  onHold: CirclePause,
  pause: Pause,
  people: Users,
  place: MapPin,
  print: Printer,
  remove: Trash,
  restore: FolderDown,
  resume: Play,
  retry: RotateCcw,
  search: Search,
  settings: Settings,
  sheet: FileSpreadsheet,
  signOut: LogOut,
  sort: ArrowDownUp,
  stored: Check,
  text: FileText,
  training: GraduationCap,
  tree: FolderTree,
  undo: Undo,
  verify: ShieldCheck,
  video: FileVideo,
  waiting: Clock,
  warning: TriangleAlert,
  zoomIn: ZoomIn,
  zoomOut: ZoomOut,
} as const;

/** The names of the icons. */
export type IconName = keyof typeof icons;
